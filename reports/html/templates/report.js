// Sorting and filtering of tables. Everything can be read without it.
(function () {
  "use strict";

  function key(cell) {
    var told = (cell.querySelector("[data-approximates]") || cell).textContent.trim().replace(/−/g, "-").replace("≈ ", "")
      .replace(/·10(.+)$/, function (all, raised) { return "e" + raised.replace(/./gu, function (digit) { return "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)]; }); });
    var fraction = /^(-?\d+)\/(\d+)$/.exec(told);
    var number = fraction ? fraction[1] / fraction[2] : /^-?[\d.]+(e-?\d+)?(\/\d+)?$/.test(told) ? parseFloat(told) : NaN;
    return { text: told, number: number };
  }

  function compared(a, b) {
    if (!isNaN(a.number) && !isNaN(b.number)) { return a.number - b.number; }
    if (isNaN(a.number) !== isNaN(b.number)) { return isNaN(a.number) ? 1 : -1; }
    return a.text.localeCompare(b.text, undefined, { numeric: true });
  }

  function sortable(table) {
    var body = table.tBodies[0];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var rows = Array.prototype.map.call(body.rows, function (row, place) { return { row: row, place: place, key: key(row.cells[column]) }; });
        rows.sort(function (a, b) { return (down ? -1 : 1) * compared(a.key, b.key) || a.place - b.place; });
        rows.forEach(function (item) { body.appendChild(item.row); });
      });
    });
  }

  function labelled(text, control) {
    var label = document.createElement("label");
    label.append(text, control);
    return label;
  }

  function filterable(table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var tools = document.createElement("div");
    var words = document.createElement("input");
    var grades = document.createElement("select");
    var count = document.createElement("output");
    tools.className = "tools";
    words.type = "search";
    grades.append(new Option("every grade", ""));
    rows.map(function (row) { return row.dataset.grade; }).filter(function (grade, place, all) { return grade && all.indexOf(grade) === place; })
      .forEach(function (grade) { grades.append(new Option(grade, grade)); });
    function apply() {
      var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        var fits = (!grades.value || row.dataset.grade === grades.value) && wanted.every(function (word) { return text.includes(word); });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown + " of " + rows.length + " claims";
    }
    function follow() {
      var grade = /^#grade-([a-z]+)$/.exec(location.hash);
      if (grade && Array.prototype.some.call(grades.options, function (option) { return option.value === grade[1]; })) {
        grades.value = grade[1];
        apply();
        table.scrollIntoView();
      }
    }
    words.addEventListener("input", apply);
    grades.addEventListener("change", apply);
    window.addEventListener("hashchange", follow);
    tools.append(labelled("Filter", words), labelled("Grade", grades), count);
    table.before(tools);
    apply();
    follow();
  }

  document.querySelectorAll("table.sortable").forEach(sortable);
  document.querySelectorAll("table.filterable").forEach(filterable);

  // On paper everything is unfolded.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.exact").forEach(function (fold) { fold.open = true; });
  });
}());
