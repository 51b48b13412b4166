"""What the benches and tests of durability share: a disk that fails, a process to kill, an independent eye.

shim.c      what a process asks of the system below a folder: counted, noted, refused, or the last thing that it does
disk.py     the same from Python
warm.py     a process that has everything loaded, and forks for each call
notes.py    small documents of which every word is known
eye.py      looks whether a home is whole, with nothing of Bronvast's own code but its paths
"""
