"""The window: the only room where PySide6 and qasync may enter."""
