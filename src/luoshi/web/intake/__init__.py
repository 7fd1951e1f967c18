"""The child process: an uploaded file becomes data there, never in the process that serves pages."""
