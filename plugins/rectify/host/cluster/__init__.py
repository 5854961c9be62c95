"""Work done on the machines of a Dask cluster: the same functions as in local processes, given and giving plain data."""
