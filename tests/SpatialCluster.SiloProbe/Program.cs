// A silo with works and versions of a test's own; its arguments are the test's.
return 2;
