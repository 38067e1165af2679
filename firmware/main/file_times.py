"""
Gives the files of a LittleFS image the times of those that it was made of, where esp_littlefs looks for them: in the
attribute "t", seconds since 1970 as 64 bits. ETag and Last-Modified come of it.

    file_times.py IMAGE FOLDER NAME_MAX
"""

import struct
import sys
from pathlib import Path

from littlefs import LittleFS

BLOCK_SIZE = 4096


def main(image, folder, name_max):
    content = image.read_bytes()
    files = LittleFS(block_size=BLOCK_SIZE, block_count=len(content) // BLOCK_SIZE, name_max=name_max, mount=False)
    files.context.buffer = bytearray(content)
    files.mount()
    for path in folder.rglob("*"):
        if path.is_file():
            time = struct.pack("<q", int(path.stat().st_mtime))
            files.setattr(path.relative_to(folder).as_posix(), "t", time)
    files.unmount()
    image.write_bytes(files.context.buffer)


main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
