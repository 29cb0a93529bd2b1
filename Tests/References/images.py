"""Image files of every kind with the pixels that Pillow reads in them, and resized images as Pillow makes them.

    python3 Tests/References/images.py

writes Packages/Datasets/Tests/Golden/*.npz. Made with Pillow 13.0 (libjpeg-turbo 3.1), NumPy 2.4 and SciPy 1.17. In `png`, `jpeg` and
`bmp` an array NAME/file holds a file's bytes and NAME/pixels its pixels, [C, H, W]: bytes, or whole numbers of 0 to 65,535.
"""
import colorsys
import io
import pathlib

import numpy
import scipy.ndimage
from PIL import Image, ImageEnhance, ImageOps

import image_files

FOLDER = pathlib.Path(__file__).parents[2] / "Packages/Datasets/Tests/Golden"


def write(name, arrays):
    path = FOLDER / f"{name}.npz"
    numpy.savez_compressed(path, **arrays)
    print(f"{name}: {len(arrays)} arrays, {path.stat().st_size:,} bytes")


def planes(image):
    pixels = numpy.asarray(image)
    return pixels[None] if pixels.ndim == 2 else numpy.ascontiguousarray(pixels.transpose(2, 0, 1))


def picture(height, width, channels, seed):
    """A smooth picture with edges and some noise, bytes [H, W, C]."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:height, 0:width]
    layers = []
    for channel in range(channels):
        a, b, c = random.uniform(0.05, 0.4, 3)
        wave = 127 + 70 * numpy.sin(a * x + c) + 50 * numpy.cos(b * y - a * x)
        wave += numpy.where((x * (channel + 2) + y) % 17 < 5, 40, 0) + random.normal(0, 6, x.shape)
        layers.append(numpy.clip(wave, 0, 255))
    return numpy.stack(layers, -1).astype(numpy.uint8)


def resized(image, size, filter):
    """Along rows, then along columns. Pillow 13 takes the columns first where that is cheaper, older versions never did."""
    result = image.resize((size[0], image.height), filter).resize(size, filter)
    difference = numpy.asarray(result).astype(float) - numpy.asarray(image.resize(size, filter))
    assert numpy.abs(difference).max() <= 2
    return result


def png():
    arrays = {}
    kinds = [(0, d) for d in (1, 2, 4, 8, 16)] + [(3, d) for d in (1, 2, 4, 8)]
    kinds += [(c, d) for c in (2, 4, 6) for d in (8, 16)]
    for colour, depth in kinds:
        for interlaced in (False, True):
            for height, width in [(11, 13)] + ([(1, 1), (3, 2), (9, 1)] if interlaced and depth in (1, 8) else []):
                name = f"{colour}-{depth}-{'adam7' if interlaced else 'plain'}-{height}x{width}"
                file, samples = image_files.png(height, width, colour, depth, interlaced)
                image = Image.open(io.BytesIO(file))
                if depth == 16 and colour != 0:
                    # Pillow keeps the high bytes only.
                    kept = samples[:, :, : 3 if colour in (2, 6) else 1]
                    mode = "RGB" if colour in (2, 6) else "L"
                    assert (planes(image.convert(mode)) == (kept >> 8).transpose(2, 0, 1)).all(), name
                    pixels = kept.transpose(2, 0, 1).astype(numpy.int32)
                elif depth == 16:
                    pixels = planes(image).astype(numpy.int32)
                else:
                    pixels = planes(image.convert("L" if colour in (0, 4) else "RGB"))
                arrays[f"{name}/file"] = numpy.frombuffer(file, numpy.uint8)
                arrays[f"{name}/pixels"] = pixels
    # What Pillow itself writes: other filters, several chunks, text.
    for mode, channels in [("L", 1), ("RGB", 3)]:
        image = Image.fromarray(picture(40, 50, channels, 5).squeeze())
        stream = io.BytesIO()
        image.save(stream, "png", dpi=(72, 72))
        arrays[f"pillow-{mode}/file"] = numpy.frombuffer(stream.getvalue(), numpy.uint8)
        arrays[f"pillow-{mode}/pixels"] = planes(image)
    write("png", arrays)


def jpeg():
    arrays = {}

    def add(name, file):
        image = Image.open(io.BytesIO(file))
        arrays[f"{name}/file"] = numpy.frombuffer(file, numpy.uint8)
        arrays[f"{name}/pixels"] = planes(image.convert("L" if image.mode == "L" else "RGB"))

    def saved(mode, height, width, **options):
        pixels = picture(height, width, {"L": 1, "RGB": 3, "CMYK": 4}[mode], height)
        stream = io.BytesIO()
        Image.fromarray(pixels.squeeze(-1) if mode == "L" else pixels, mode).save(stream, "jpeg", **options)
        return stream.getvalue()

    for progressive in (False, True):
        kind = "progressive" if progressive else "baseline"
        for quality in (30, 75, 98):
            add(f"{kind}-grey-{quality}", saved("L", 29, 35, quality=quality, progressive=progressive))
        for subsampling in (0, 1, 2):
            for height, width in [(29, 35), (16, 16), (1, 1), (3, 5), (17, 2)]:
                file = saved("RGB", height, width, quality=80, subsampling=subsampling, progressive=progressive)
                add(f"{kind}-{subsampling}-{height}x{width}", file)
        add(f"{kind}-cmyk", saved("CMYK", 21, 19, quality=85, progressive=progressive))
        add(f"{kind}-restart", saved("RGB", 40, 40, quality=60, progressive=progressive, restart_marker_blocks=2))
        add(f"{kind}-best", saved("RGB", 40, 40, quality=100, subsampling=0, progressive=progressive, optimize=True))
        add(f"{kind}-rgb", saved("RGB", 20, 20, quality=90, keep_rgb=True, progressive=progressive))
    add("turned", saved("RGB", 10, 20, exif=turned()))
    own = image_files.jpeg
    for height, width in [(30, 37), (7, 3)]:
        for name, factors in {
            "440": [(1, 2), (1, 1), (1, 1)], "411": [(4, 1), (1, 1), (1, 1)], "410": [(4, 2), (1, 1), (1, 1)],
            "mixed": [(2, 2), (1, 2), (2, 1)], "colour": [(1, 1), (2, 2), (1, 1)], "quarter": [(1, 4), (1, 1), (1, 2)],
        }.items():
            add(f"own-{name}-{height}x{width}", own(height, width, factors))
    add("own-scans", own(30, 37, [(2, 2), (1, 1), (1, 1)], interleaved=False, restart=3))
    add("own-restart", own(60, 60, [(1, 1), (1, 1), (1, 1)], restart=5))
    add("own-grey-factors", own(20, 30, [(2, 2)]))
    add("own-wide", own(20, 30, [(2, 1), (1, 1), (1, 1)], wide=True))
    add("own-rgb", own(20, 30, [(1, 1)] * 3, identifiers=b"RGB"))
    add("own-adobe-rgb", own(20, 30, [(1, 1)] * 3, adobe=0))
    add("own-ycck", own(20, 30, [(2, 2), (1, 1), (1, 1), (2, 2)], adobe=2))
    add("own-cmyk", own(20, 30, [(1, 1)] * 4, adobe=0))
    write("jpeg", arrays)


def bmp():
    arrays = {}

    def add(name, file):
        arrays[f"{name}/file"] = numpy.frombuffer(file, numpy.uint8)
        arrays[f"{name}/pixels"] = planes(Image.open(io.BytesIO(file)).convert("RGB"))

    for bits in (1, 4, 8, 16, 24, 32):
        add(f"{bits}", image_files.bmp(9, 13, bits))
        add(f"{bits}-top-down", image_files.bmp(9, 13, bits, top_down=True))
    for bits in (1, 4, 8, 24):
        add(f"{bits}-os2", image_files.bmp(5, 7, bits, header=12))
    add("8-few", image_files.bmp_file(2, 4, 8, 0, bytes([0, 1, 2, 3, 4, 3, 2, 1]), used=5))
    add("16-masks", image_files.bmp(9, 13, 16, 3, masks=(0xF800, 0x7E0, 0x1F)))
    add("16-masks-5", image_files.bmp(9, 13, 16, 3, masks=(0x7C00, 0x3E0, 0x1F)))
    add("32-masks", image_files.bmp(9, 13, 32, 3, masks=(0xFF0000, 0xFF00, 0xFF)))
    add("32-masks-turned", image_files.bmp(9, 13, 32, 3, masks=(0xFF, 0xFF00, 0xFF0000, 0xFF000000), header=108))
    add("8-runs", image_files.runs(11, 17, 8))
    add("4-runs", image_files.runs(11, 17, 4))
    for mode, channels in [("L", 1), ("RGB", 3)]:
        stream = io.BytesIO()
        Image.fromarray(picture(10, 9, channels, 3).squeeze()).save(stream, "bmp")
        add(f"pillow-{mode}", stream.getvalue())
    write("bmp", arrays)


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def resizing():
    arrays = {}
    filters = {"box": Image.BOX, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}
    for channels, height, width in [(3, 37, 53), (1, 24, 9)]:
        pixels = picture(height, width, channels, 7)
        image = Image.fromarray(pixels.squeeze())
        key = f"{height}x{width}"
        arrays[key] = planes(image)
        for filter, code in filters.items():
            for new in [(16, 23), (37, 20), (45, 61), (5, 53), (1, 1), (24, 9)]:
                size = (new[1], new[0])
                arrays[f"{key}/{filter}/{new[0]}x{new[1]}/bytes"] = planes(resized(image, size, code))
                if new not in [(16, 23), (45, 61), (5, 53)]:
                    continue
                floats = [Image.fromarray(pixels[:, :, c].astype(numpy.float32) / 255) for c in range(channels)]
                arrays[f"{key}/{filter}/{new[0]}x{new[1]}/floats"] = numpy.stack(
                    [numpy.asarray(image.resize(size, code)) for image in floats])
    # torchvision's evaluation transform in a small size: Resize(20), CenterCrop(16).
    for height, width in [(31, 44), (50, 27), (20, 20), (16, 61)]:
        image = Image.fromarray(picture(height, width, 3, height))
        short = min(height, width)
        long = int(20 * max(height, width) / short)
        whole = resized(image, (20, long) if width <= height else (long, 20), Image.BILINEAR)
        top, left = int(round((whole.height - 16) / 2)), int(round((whole.width - 16) / 2))
        arrays[f"evaluation/{height}x{width}/image"] = planes(image)
        arrays[f"evaluation/{height}x{width}/crop"] = planes(whole.crop((left, top, left + 16, top + 16)))
    write("resizing", arrays)


def inverse_affine(center, degrees, shift, scale, shear):
    """The map from a result to its image: rotation, shear, scale and shift about the middle, turned round by NumPy."""
    angle, (sx, sy) = numpy.radians(degrees), numpy.radians(shear)
    move = lambda x, y: numpy.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
    turn = numpy.array([[numpy.cos(angle - sy) / numpy.cos(sy), -numpy.cos(angle - sy) * numpy.tan(sx) / numpy.cos(sy)
                         - numpy.sin(angle), 0],
                        [numpy.sin(angle - sy) / numpy.cos(sy), -numpy.sin(angle - sy) * numpy.tan(sx) / numpy.cos(sy)
                         + numpy.cos(angle), 0], [0, 0, 1]])
    turn[:2, :2] *= scale
    return numpy.linalg.inv(move(*shift) @ move(*center) @ turn @ move(-center[0], -center[1]))[:2].reshape(-1)


def augmentation():
    arrays = {}
    height, width = 20, 27
    pixels = picture(height, width, 3, 11)
    arrays["image"] = planes(pixels)
    plane = Image.fromarray(pixels[:, :, 0].astype(numpy.float32) / 255)
    for angle in (30, -100):
        arrays[f"rotation/{angle}"] = numpy.asarray(plane.rotate(angle, Image.BILINEAR))
    for number, (degrees, shift, scale, shear) in enumerate([(0, (3, -2.5), 1, (0, 0)), (20, (0, 0), 1.3, (0, 0)),
                                                             (-40, (2, 1), 0.7, (15, 0)), (5, (1, 2), 1.1, (-10, 25))]):
        matrix = inverse_affine((width / 2, height / 2), degrees, shift, scale, shear)
        arrays[f"affine/{number}/numbers"] = numpy.array([degrees, *shift, scale, *shear], numpy.float64)
        arrays[f"affine/{number}/plane"] = numpy.asarray(
            plane.transform((width, height), Image.AFFINE, tuple(matrix), Image.BILINEAR))
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    moved = [(3, 1), (25, 4), (22, 19), (1, 15)]
    rows, right = [], []
    for (x, y), (u, v) in zip(moved, corners):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    arrays["perspective/plane"] = numpy.asarray(plane.transform(
        (width, height), Image.PERSPECTIVE, tuple(numpy.linalg.solve(rows, right)), Image.BILINEAR))
    image = Image.fromarray(pixels)
    for name, kind in [("brightness", ImageEnhance.Brightness), ("contrast", ImageEnhance.Contrast),
                       ("colour", ImageEnhance.Color), ("sharpness", ImageEnhance.Sharpness)]:
        for factor in (0.4, 1.7):
            arrays[f"{name}/{factor}"] = planes(kind(image).enhance(factor))
    arrays["equalized"] = planes(ImageOps.equalize(image))
    arrays["autocontrast"] = planes(ImageOps.autocontrast(image))
    arrays["posterized"] = planes(ImageOps.posterize(image, 3))
    arrays["solarized"] = planes(ImageOps.solarize(image, 100))
    turned = numpy.array([[colorsys.hsv_to_rgb((h + 0.3) % 1, s, v) for h, s, v in
                           [colorsys.rgb_to_hsv(*(c / 255)) for c in row]] for row in pixels])
    arrays["hue"] = turned.transpose(2, 0, 1).astype(numpy.float32)
    for sigma, radius in [(0.8, 3), (2.5, 8)]:
        blurred = scipy.ndimage.gaussian_filter(
            pixels.transpose(2, 0, 1) / 255, (0, sigma, sigma), mode="mirror", radius=(0, radius, radius))
        arrays[f"blur/{sigma}"] = blurred.astype(numpy.float32)
    write("augmentation", arrays)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    png()
    jpeg()
    bmp()
    resizing()
    augmentation()
