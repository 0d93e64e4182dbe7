"""The font of pictures: one that has Chinese if the machine has one, else Pillow's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont
_USUAL_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
"""Where Debian's fonts-noto-cjk and fonts-wqy-microhei, and others' packages, put them."""
_SIMPLIFIED_CHINESE = 2
"""The face of Noto Sans CJK whose forms are those of mainland China."""
_LAST_LATIN = "\u024f"


class Fonts:
    """Finds the font once; tells what it can write."""

    def __init__(self, places: Sequence[str | Path] = _USUAL_PLACES) -> None:
        self._file = next((Path(place) for place in places if Path(place).is_file()), None)

    @property
    def writes_chinese(self) -> bool:
        """Whether the font has Chinese."""
        return self._file is not None

    def of_size(self, pixels: int) -> Font:
        """Returns the font in a size."""
        if self._file is None:
            return ImageFont.load_default(pixels)
        is_noto = "NotoSansCJK" in self._file.name
        return ImageFont.truetype(self._file, pixels, index=_SIMPLIFIED_CHINESE if is_noto else 0)

    def can_write(self, text: str) -> bool:
        """Tells whether each letter of a text would be seen as itself."""
        return self.writes_chinese or all(letter <= _LAST_LATIN for letter in text)
