"""Outsample's shards on a Ray cluster.

A shard is opaque here: a command line that, with ``--shard k/n --out FOLDER`` at its end, leaves the one file
``FOLDER/shard-k-of-n.arrow``. Done twice it leaves the same bytes, so Ray may repeat it as often as nodes die.
"""
