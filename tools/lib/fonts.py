#!/usr/bin/env python3
"""Subsets the canvas's fonts to what our texts use, and embeds them as C++.

  fonts.py characters <file of paths> <out>     collects the characters beyond ASCII, and the Hangul in shown code
  fonts.py embed <characters> <folder> name=font.ttf...

Each Pretendard is embedded twice, whole and without Hangul (`latin_...`), of which a program links what it names; whole it is
also written as a file, which a page fetches where it shows Korean.
A character that the canvas may draw and that Pretendard lacks fails the build.
"""
import io
import pathlib
import re
import sys

# Always there, whatever the texts say: ASCII, and the punctuation and arrows of figures and sentences.
ALWAYS = [*range(0x20, 0x7F), 0xA0, 0xB5, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026,
          0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x00D7]

# Of other people's words, as a reader may have typed them into an address: only where sentences quote them.
QUOTED = range(0xA0, 0x100)

# The language's own name, on the button that switches to it. An English page also draws the Hangul in the code that the
# source pane shows.
HANGUL_IN_ENGLISH = '한국어'
SHOWN_CODE = re.compile(r'source: begin[^\n]*\n(.*?)source: end', re.S)


def is_hangul(code):
    return 0x1100 <= code <= 0x11FF or 0x3131 <= code <= 0x318E or 0xAC00 <= code <= 0xD7A3


def characters(paths_file, out):
    found = set()
    in_code = set()
    for path in pathlib.Path(paths_file).read_text().split():
        text = pathlib.Path(path).read_text(encoding='utf-8')
        for region in SHOWN_CODE.findall(text):
            in_code.update(c for c in region if is_hangul(ord(c)))
        if path.endswith(('.h', '.cpp')):
            # Comments are never drawn.
            text = re.sub(r'^\s*//[^\n]*$|//[^"\n]*$|/\*.*?\*/', '', text, flags=re.M | re.S)
        found.update(c for c in text if ord(c) > 0x7E)
    found.discard('\ufeff')
    text = f'{"".join(sorted(found))}\n{"".join(sorted(in_code))}'
    target = pathlib.Path(out)
    if not target.exists() or target.read_text(encoding='utf-8') != text:
        target.write_text(text, encoding='utf-8')


def subset(path, wanted, strict):
    from fontTools import subset as fonttools
    from fontTools.ttLib import TTFont
    with TTFont(path) as font:
        has = set(font.getBestCmap())
    missing = sorted(c for c in wanted if c not in has)
    if strict and missing:
        names = ', '.join(f'{chr(c)} (U+{c:04X})' for c in missing)
        sys.exit(f'error: {pathlib.Path(path).name} has no glyph for {names}: use another character in the text.')
    options = fonttools.Options()
    options.hinting = False
    # The canvas takes a glyph for each character and knows no features; view/kit/fonts.cpp makes figures tabular.
    options.layout_features = []
    options.drop_tables += ['GPOS', 'GSUB', 'GDEF']
    options.name_IDs = []
    options.notdef_outline = True
    font = fonttools.load_font(path, options)
    subsetter = fonttools.Subsetter(options)
    subsetter.populate(unicodes=[c for c in wanted if c in has])
    subsetter.subset(font)
    out = io.BytesIO()
    fonttools.save_font(font, out, options)
    return out.getvalue()


def write_sources(folder, fonts):
    header = ['// Made by the build from Pretendard and JetBrains Mono.', '#pragma once', '', '#include <cstddef>',
              '#include <span>', '', 'namespace interleave::fonts {', '']
    source = ['#include "fonts.h"', '', 'namespace interleave::fonts {', '']
    for name, data in fonts.items():
        header += [f'std::span<const std::byte> {name}();']
        source += [f'alignas(4) static const unsigned char {name}_data[] = {{',
                   *(','.join(map(str, data[i:i + 40])) + ',' for i in range(0, len(data), 40)), '};',
                   f'std::span<const std::byte> {name}() {{ return std::as_bytes(std::span({name}_data)); }}', '']
    header += ['', '}  // namespace interleave::fonts', '']
    source += ['}  // namespace interleave::fonts', '']
    pathlib.Path(folder, 'fonts.h').write_text('\n'.join(header))
    pathlib.Path(folder, 'fonts.cpp').write_text('\n'.join(source))


def embed(characters_file, folder, entries):
    all_texts, in_code = pathlib.Path(characters_file).read_text(encoding='utf-8').split('\n')
    wanted = {*ALWAYS, *map(ord, all_texts)}
    in_english = {*map(ord, HANGUL_IN_ENGLISH), *map(ord, in_code)}
    fonts = {}
    for entry in entries:
        name, path = entry.split('=', 1)
        if not pathlib.Path(path).is_file():
            sys.exit(f'error: the font {path} is missing: run tools/bootstrap.')
        own = {*wanted, *QUOTED} if name == 'pretendard_regular' else wanted
        # Code is in ASCII and punctuation; Hangul in it is drawn with Pretendard.
        fonts[name] = subset(path, sorted(own), strict=name.startswith('pretendard'))
        if not name.startswith('pretendard'):
            continue
        latin = sorted(c for c in own if not is_hangul(c) or c in in_english)
        fonts[name.replace('pretendard', 'latin')] = subset(path, latin, strict=True)
        pathlib.Path(folder, f'{name.replace("_", "-")}.ttf').write_bytes(fonts[name])
    write_sources(folder, fonts)


if __name__ == '__main__':
    if sys.argv[1] == 'characters':
        characters(sys.argv[2], sys.argv[3])
    else:
        embed(sys.argv[2], sys.argv[3], sys.argv[4:])
