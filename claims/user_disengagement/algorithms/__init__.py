"""The algorithms: label setting on ladders, learning across users, prices under churn, and the simulator."""
