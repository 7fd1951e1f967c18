"""Official papers (公文) about matters: drafted from rows, numbered when issued, kept byte for byte, their receipt tracked."""
