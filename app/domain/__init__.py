"""Values and rules: datasets, bindings, files, clusters and tasks, without a database, a file system or a screen."""
