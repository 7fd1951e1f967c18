// Behaviour that native elements do not have. Pages work without it.
"use strict";
