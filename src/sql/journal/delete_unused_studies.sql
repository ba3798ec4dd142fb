DELETE FROM studies WHERE digest NOT IN (SELECT study FROM runs)
