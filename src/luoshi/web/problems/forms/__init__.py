"""Forms of problems and inspections. Labels are set when a form is made, in the reader's language."""
