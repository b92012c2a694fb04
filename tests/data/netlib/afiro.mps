NAME          AFIRO
ROWS
 N  COST
 L  R1
 L  R2
 L  R3
 L  R4
 L  R5
 L  R6
 L  R7
 L  R8
 L  R9
 L  R10
 L  R11
 L  R12
 L  R13
 L  R14
 L  R15
 L  R16
 L  R17
 L  R18
 L  R19
 E  R20
 E  R21
 E  R22
 E  R23
 E  R24
 E  R25
 E  R26
 E  R27
COLUMNS
    C1        R2        -1             R24       1
    C2        R9        0.326          R13       1
    C2        R20       -1             R21       -0.86
    C3        R9        0.313          R18       1
    C3        R20       -1             R21       -0.96
    C4        R1        0.108          R7        1
    C4        R25       1              R26       -0.43
    C5        R1        0.109          R8        1
    C5        R25       1              R26       -0.43
    C6        COST      -0.4           R12       -1
    C6        R24       1
    C7        R3        -1             R23       1
    C8        R10       -1             R23       1
    C9        R10       0.301          R14       1
    C9        R22       -1.06          R24       -1
    C10       R15       1              R27       1
    C11       R9        0.313          R17       1
    C11       R20       -1             R21       -1.06
    C12       R9        0.301          R19       1
    C12       R20       -1             R21       -1.06
    C13       COST      -0.6           R4        -1
    C13       R23       1
    C14       R2        0.109          R11       1
    C14       R23       -1             R27       -0.43
    C15       R15       1              R22       1
    C16       R3        2.191          R8        -1
    C17       R3        2.219          R7        -1
    C18       R1        0.108          R6        1
    C18       R25       1              R26       -0.39
    C19       R1        0.107          R5        1
    C19       R25       1              R26       -0.37
    C20       COST      -0.48          R4        1.4
    C20       R25       -1
    C21       R9        -1             R25       1
    C22       R3        2.249          R6        -1
    C23       R3        2.279          R5        -1
    C24       R16       1              R26       1
    C25       COST      10             R25       1
    C26       R3        2.364          R19       -1
    C27       R3        2.386          R17       -1
    C28       R3        2.408          R18       -1
    C29       R3        2.429          R13       -1
    C30       COST      -0.32          R12       1.4
    C30       R20       1
    C31       R1        -1             R20       1
    C32       R16       1              R21       1
RHS
    RHS       R8        500            R11       500
    RHS       R14       80             R15       310
    RHS       R16       300            R19       80
    RHS       R25       44
ENDATA
