"""Writers of image files for `images.py`, of the kinds that Pillow reads and does not write."""
import struct
import zlib

import numpy

ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def packed(row, depth):
    """A row of samples [W, S] as bytes, highest bits first."""
    flat = row.reshape(-1).astype(numpy.int64)
    if depth == 16:
        return flat.astype(">u2").tobytes()
    if depth == 8:
        return flat.astype(numpy.uint8).tobytes()
    bits = (flat[:, None] >> numpy.arange(depth - 1, -1, -1)) & 1
    return numpy.packbits(bits.reshape(-1).astype(numpy.uint8)).tobytes()


def filtered(rows, step):
    """Rows behind a filter each, all five in turn."""
    above, result = bytes(len(rows[0])), b""
    for number, row in enumerate(rows):
        kind, line = (number + 1) % 5, bytearray()
        for i, value in enumerate(row):
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            up = above[i]
            guess = left + up - corner
            paeth = min([left, up, corner], key=lambda v: abs(guess - v))
            line.append((value - [0, left, up, (left + up) // 2, paeth][kind]) % 256)
        result += bytes([kind]) + bytes(line)
        above = row
    return result


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(height, width, colour, depth, interlaced):
    """A file of random samples, and the samples."""
    random = numpy.random.default_rng(100 * colour + depth)
    entries = min(2**depth, 200)
    high = entries if colour == 3 else 2**depth
    samples = random.integers(0, high, (height, width, SAMPLES[colour]))
    step = max(1, SAMPLES[colour] * depth // 8)
    data = b""
    for top, left, down, right in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::down, left::right]
        if part.size:
            data += filtered([packed(row, depth) for row in part], step)
    compressed = zlib.compress(data)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))
    file += chunk(b"gAMA", struct.pack(">I", 45455))
    if colour == 3:
        file += chunk(b"PLTE", random.integers(0, 256, 3 * entries, dtype=numpy.uint8).tobytes())
        file += chunk(b"tRNS", bytes([0, 128]))
    if colour == 0:
        file += chunk(b"tRNS", struct.pack(">H", 1))
    for start in range(0, len(compressed), 100):
        file += chunk(b"IDAT", compressed[start : start + 100])
    return file + chunk(b"tEXt", b"Comment\0none") + chunk(b"IEND", b""), samples


# JPEG: the quantisation and Huffman tables that ITU-T T.81 gives as examples in annex K.

ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8, (i // 8 if (i // 8 + i % 8) % 2 else i % 8)))
QUANTISATION = [int(v) for v in """16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 62
    18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 98 112 100 103 99""".split()]
DC_COUNTS, DC_SYMBOLS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], list(range(12))


def ac_table():
    """A code for all runs and categories: 8 bits for the commonest, more for others, none of ones only."""
    symbols = [0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x12, 0x21, 0x05, 0x31, 0xF0]
    symbols += [r << 4 | s for r in range(16) for s in range(1, 11) if r << 4 | s not in symbols]
    counts = [0, 1, 1, 1, 1, 1, 3, 3] + [0] * 8
    counts[8] = 0
    rest = len(symbols) - sum(counts)
    counts[10], counts[12] = 10, 60
    counts[15] = rest - 70
    return counts, symbols


def codes(counts, symbols):
    table, code, place = {}, 0, 0
    for length, count in enumerate(counts, 1):
        for _ in range(count):
            table[symbols[place]] = (code, length)
            code, place = code + 1, place + 1
        assert code < 1 << length or count == 0
        code <<= 1
    return table


class Bits:
    def __init__(self):
        self.text = []

    def put(self, value, length):
        if length:
            self.text.append(format(value, f"0{length}b"))

    def bytes(self):
        text = "".join(self.text)
        text += "1" * (-len(text) % 8)
        data = bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8))
        self.text = []
        return data.replace(b"\xff", b"\xff\x00")


def coded(bits, value, prefix, table):
    size = int(abs(value)).bit_length()
    bits.put(*table[prefix << 4 | size])
    bits.put(value if value >= 0 else value + (1 << size) - 1, size)


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(height, width, factors, identifiers=None, adobe=None, interleaved=True, restart=0, wide=False, seed=0):
    """A sequential file with the given sampling factors (across, down) of each component."""
    random = numpy.random.default_rng(seed)
    most = [max(f[i] for f in factors) for i in (0, 1)]
    groups = -(-height // (8 * most[1])), -(-width // (8 * most[0]))
    basis = numpy.cos(numpy.pi * numpy.outer(numpy.arange(8), 2 * numpy.arange(8) + 1) / 16) / 2
    basis[0] /= numpy.sqrt(2)
    quantisation = numpy.array(QUANTISATION) * (5 if wide else 1)
    blocks = []
    for across, down in factors:
        y, x = numpy.mgrid[0 : groups[0] * down * 8, 0 : groups[1] * across * 8]
        a, b, c = random.uniform(0.05, 0.5, 3)
        samples = 128 + 60 * numpy.sin(a * x + b * y) + 50 * numpy.cos(c * y) + random.normal(0, 8, x.shape)
        samples = numpy.clip(samples, 0, 255) - 128
        rows = samples.reshape(groups[0] * down, 8, groups[1] * across, 8).transpose(0, 2, 1, 3)
        waves = (basis @ rows @ basis.T).reshape(*rows.shape[:2], 64) / quantisation
        blocks.append(numpy.rint(waves).astype(int))
    identifiers = identifiers or range(1, len(factors) + 1)
    dc, ac = codes(DC_COUNTS, DC_SYMBOLS), codes(*ac_table())
    file = b"\xff\xd8"
    if adobe is not None:
        file += segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([adobe]))
    order = [int(quantisation[i]) for i in ZIGZAG]
    file += segment(0xDB, b"\x10" + struct.pack(">64H", *order) if wide else bytes([0] + order))
    frame = b"".join(bytes([i, a << 4 | d, 0]) for i, (a, d) in zip(identifiers, factors))
    file += segment(0xC1 if wide else 0xC0, struct.pack(">BHHB", 8, height, width, len(factors)) + frame)
    file += segment(0xC4, bytes([0, *DC_COUNTS, *DC_SYMBOLS]))
    counts, symbols = ac_table()
    file += segment(0xC4, bytes([0x11, *counts, *symbols]))
    if restart:
        file += segment(0xDD, struct.pack(">H", restart))
    every = range(len(factors))
    for scan in [every] if interleaved else [[i] for i in every]:
        file += segment(0xDA, bytes([len(scan)] + [v for i in scan for v in (list(identifiers)[i], 0x01)] + [0, 63, 0]))
        bits, means, number = Bits(), [0] * 4, 0
        if len(scan) > 1:
            units = [[(i, r * factors[i][1] + v, c * factors[i][0] + h) for i in scan for v in range(factors[i][1])
                      for h in range(factors[i][0])] for r in range(groups[0]) for c in range(groups[1])]
        else:
            i = scan[0]
            own = -(-height * factors[i][1] // most[1]), -(-width * factors[i][0] // most[0])
            units = [[(i, r, c)] for r in range(-(-own[0] // 8)) for c in range(-(-own[1] // 8))]
        for count, unit in enumerate(units):
            if restart and count and count % restart == 0:
                file += bits.bytes() + bytes([0xFF, 0xD0 + number])
                number, means = (number + 1) % 8, [0] * 4
            for i, r, c in unit:
                block = [int(blocks[i][r, c, k]) for k in ZIGZAG]
                coded(bits, block[0] - means[i], 0, dc)
                means[i], run = block[0], 0
                for value in block[1:]:
                    if value == 0:
                        run += 1
                        continue
                    while run > 15:
                        bits.put(*ac[0xF0])
                        run -= 16
                    coded(bits, value, run, ac)
                    run = 0
                if run:
                    bits.put(*ac[0])
        file += bits.bytes()
    return file + b"\xff\xd9"


def bmp(height, width, bits, method=0, masks=None, header=40, top_down=False, used=0, seed=0):
    """A file of random pixels, plain or by masks."""
    random = numpy.random.default_rng(seed + bits)
    row = -(-width * bits // 32) * 4
    data = random.integers(0, 256, height * row, dtype=numpy.uint8).tobytes()
    return bmp_file(height, width, bits, method, data, masks, header, top_down, used, random)


def bmp_file(height, width, bits, method, data, masks=None, header=40, top_down=False, used=0, random=None):
    random = random or numpy.random.default_rng(bits)
    colours = (used or 1 << bits) if bits <= 8 else 0
    entries = random.integers(0, 256, (colours, 4 if header > 12 else 3), dtype=numpy.uint8)
    if header > 12:
        entries[:, 3] = 0
        info = struct.pack("<IiiHHIIIIII", header, width, -height if top_down else height, 1, bits, method, len(data), 0, 0,
                           used, 0)
        after = struct.pack(f"<{len(masks)}I", *masks) if masks else b""
        info = (info + after).ljust(max(header, len(info + after)), b"\0")
    else:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    offset = 14 + len(info) + entries.size
    return b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + info + entries.tobytes() + data


def runs(height, width, bits):
    """Pixels in run lengths: runs, pixels as they are, and ends of rows."""
    random = numpy.random.default_rng(bits)
    data = b""
    for _ in range(height):
        column = 0
        while column < width:
            count = min(int(random.integers(1, 9)), width - column)
            if count >= 3 and random.integers(0, 2):
                values = random.integers(0, 256, count if bits == 8 else -(-count // 2), dtype=numpy.uint8).tobytes()
                data += bytes([0, count]) + values + b"\0" * (len(values) % 2)
            else:
                data += bytes([count, int(random.integers(0, 256))])
            column += count
        data += b"\0\0"
    return bmp_file(height, width, bits, 1 if bits == 8 else 2, data + b"\0\1")
