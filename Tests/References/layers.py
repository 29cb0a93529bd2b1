"""Linear maps, convolution, pooling and resampling."""

import torch
from torch import nn
from torch.nn import functional

from golden import Family, labels, normal


def linear():
    family = Family("linear")
    layer = family.layer
    layer("linear", nn.Linear(7, 5), (3, 7))
    layer("linear without bias", nn.Linear(7, 5, bias=False), (3, 7))
    layer("linear of sequences", nn.Linear(6, 4), (2, 3, 6))
    layer("linear wide", nn.Linear(40, 33), (19, 40))
    layer("bilinear", nn.Bilinear(4, 3, 5), (6, 4), (6, 3))
    layer("bilinear without bias", nn.Bilinear(4, 3, 5, bias=False), (6, 4), (6, 3))
    layer("embedding", nn.Embedding(10, 4), labels(10, 5, 3))
    layer("embedding padding index", nn.Embedding(6, 4, padding_idx=2), labels(6, 5, 4))
    return family


def convolution():
    family = Family("convolution")
    layer = family.layer
    line, image, volume = (2, 4, 11), (2, 4, 7, 6), (2, 2, 5, 4, 6)

    layer("conv1d", nn.Conv1d(4, 6, 3), line)
    layer("conv1d stride padding", nn.Conv1d(4, 6, 3, stride=2, padding=1), line)
    layer("conv1d dilation groups", nn.Conv1d(4, 6, 3, dilation=2, groups=2), line)
    layer("conv1d same", nn.Conv1d(4, 3, 4, padding="same"), line)
    for mode in ("reflect", "replicate", "circular"):
        layer(f"conv1d {mode}", nn.Conv1d(4, 3, 5, padding=2, padding_mode=mode), line)

    layer("conv2d", nn.Conv2d(4, 6, 3), image)
    layer("conv2d without bias", nn.Conv2d(4, 6, 3, bias=False), image)
    layer("conv2d pointwise", nn.Conv2d(4, 6, 1), image)
    layer("conv2d pointwise stride", nn.Conv2d(4, 6, 1, stride=2), image)
    layer("conv2d stride", nn.Conv2d(4, 6, 3, stride=2), image)
    layer("conv2d stride per axis", nn.Conv2d(4, 6, (3, 2), stride=(1, 2)), image)
    layer("conv2d padding", nn.Conv2d(4, 6, 3, padding=1), image)
    layer("conv2d padding per axis", nn.Conv2d(4, 6, 3, stride=2, padding=(2, 1)), image)
    layer("conv2d dilation", nn.Conv2d(4, 6, 3, dilation=2, padding=2), image)
    layer("conv2d dilation per axis", nn.Conv2d(4, 6, 3, dilation=(2, 1)), image)
    layer("conv2d groups", nn.Conv2d(4, 6, 3, groups=2), image)
    layer("conv2d depthwise", nn.Conv2d(4, 4, 3, padding=1, groups=4), image)
    layer("conv2d depthwise multiplied", nn.Conv2d(4, 8, 3, stride=2, groups=4), image)
    layer("conv2d same", nn.Conv2d(4, 3, 3, padding="same"), image)
    layer("conv2d same even", nn.Conv2d(4, 3, (4, 2), padding="same"), image)
    layer("conv2d same dilation", nn.Conv2d(4, 3, 3, padding="same", dilation=(2, 3)), image)
    layer("conv2d kernel 5", nn.Conv2d(1, 6, 5), (2, 1, 12, 12))
    layer("conv2d kernel 7 stride", nn.Conv2d(3, 4, 7, stride=2, padding=3), (1, 3, 14, 13))
    layer("conv2d kernel 11 stride", nn.Conv2d(3, 2, 11, stride=4, padding=2), (1, 3, 19, 23))
    layer("conv2d many channels", nn.Conv2d(16, 18, 3, padding=1), (2, 16, 9, 10))
    for mode in ("reflect", "replicate", "circular"):
        layer(f"conv2d {mode}", nn.Conv2d(4, 3, 3, padding=1, padding_mode=mode), image)
        layer(f"conv2d {mode} per axis", nn.Conv2d(4, 3, 3, stride=2, padding=(2, 1), padding_mode=mode), image)

    layer("conv3d", nn.Conv3d(2, 3, 3), volume)
    layer("conv3d stride padding", nn.Conv3d(2, 3, 3, stride=2, padding=1), volume)
    layer("conv3d per axis", nn.Conv3d(2, 3, (2, 1, 3), stride=(1, 2, 1), padding=(0, 1, 2)), volume)
    layer("conv3d dilation", nn.Conv3d(2, 3, 2, dilation=(2, 1, 3)), volume)
    layer("conv3d groups", nn.Conv3d(2, 4, 2, groups=2), volume)
    layer("conv3d same", nn.Conv3d(2, 2, 3, padding="same"), volume)

    layer("conv transpose 1d", nn.ConvTranspose1d(4, 3, 3), line)
    layer("conv transpose 1d stride", nn.ConvTranspose1d(4, 3, 3, stride=2, padding=1, output_padding=1), line)
    layer("conv transpose 1d dilation groups", nn.ConvTranspose1d(4, 6, 3, dilation=2, groups=2), line)
    layer("conv transpose 2d", nn.ConvTranspose2d(4, 3, 3), image)
    layer("conv transpose 2d without bias", nn.ConvTranspose2d(4, 3, 3, bias=False), image)
    layer("conv transpose 2d stride", nn.ConvTranspose2d(4, 3, 2, stride=2), (2, 4, 4, 5))
    layer("conv transpose 2d padding", nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1), (2, 4, 4, 5))
    layer(
        "conv transpose 2d output padding",
        nn.ConvTranspose2d(4, 3, 3, stride=(2, 3), padding=1, output_padding=(1, 2)),
        (2, 4, 4, 5),
    )
    layer("conv transpose 2d groups", nn.ConvTranspose2d(4, 6, 3, groups=2), (2, 4, 4, 5))
    layer("conv transpose 2d dilation", nn.ConvTranspose2d(4, 3, 3, stride=2, dilation=2, padding=1), (2, 4, 4, 5))
    return family


def pooling():
    family = Family("pooling")
    layer = family.layer
    line, image, volume = (2, 3, 11), (2, 3, 8, 7), (1, 2, 5, 6, 5)

    layer("max pool 1d", nn.MaxPool1d(2), line)
    layer("max pool 1d overlapping", nn.MaxPool1d(3, stride=2, padding=1, ceil_mode=True), line)
    layer("max pool 2d", nn.MaxPool2d(2, return_indices=True), image)
    layer("max pool 2d overlapping", nn.MaxPool2d(3, stride=2, return_indices=True), image)
    layer("max pool 2d padding", nn.MaxPool2d(3, stride=2, padding=1, return_indices=True), image)
    layer("max pool 2d ceil", nn.MaxPool2d(3, stride=2, ceil_mode=True, return_indices=True), image)
    layer("max pool 2d per axis", nn.MaxPool2d((2, 3), stride=(2, 1), padding=(0, 1), return_indices=True), image)
    layer("max pool 3d", nn.MaxPool3d(2), volume)
    layer("max pool 3d overlapping", nn.MaxPool3d(3, stride=2, padding=1), volume)
    unpooling(family)

    layer("average pool 1d", nn.AvgPool1d(3, stride=2, padding=1), line)
    layer("average pool 1d ceil", nn.AvgPool1d(2, ceil_mode=True, count_include_pad=False), line)
    layer("average pool 2d", nn.AvgPool2d(2), image)
    for counted, name in ((True, "with"), (False, "without")):
        counting = {"count_include_pad": counted}
        layer(f"average pool 2d {name} padding", nn.AvgPool2d(3, stride=2, padding=1, **counting), image)
        layer(f"average pool 2d ceil {name} padding", nn.AvgPool2d(3, 2, 1, ceil_mode=True, **counting), image)
        layer(f"average pool 2d per axis {name} padding", nn.AvgPool2d((2, 3), (1, 2), (1, 0), **counting), image)
    layer("average pool 3d", nn.AvgPool3d(2), volume)
    layer("average pool 3d padding", nn.AvgPool3d(3, stride=2, padding=1, count_include_pad=False), volume)

    # Where a window's sum is not above 0 PyTorch's Lp pooling gives no useful value for odd powers: numbers above 0.
    positive = lambda source: normal(*image)(source).abs()
    layer("lp pool 2d of 2", nn.LPPool2d(2, 3, stride=2), image)
    layer("lp pool 2d of 3", nn.LPPool2d(3, (2, 3)), positive)
    layer("lp pool 2d of 1.5", nn.LPPool2d(1.5, 2), positive)

    layer("adaptive average pool 1d", nn.AdaptiveAvgPool1d(4), line)
    layer("adaptive average pool 3d", nn.AdaptiveAvgPool3d((2, 3, 1)), volume)
    for name, pool in (("average", nn.AdaptiveAvgPool2d), ("max", nn.AdaptiveMaxPool2d)):
        layer(f"adaptive {name} pool 2d", pool((3, 4)), image)
        layer(f"adaptive {name} pool 2d to one", pool(1), image)
        layer(f"adaptive {name} pool 2d enlarging", pool((11, 9)), image)
        layer(f"adaptive {name} pool 2d mixed", pool((3, 10)), image)
    return family


def unpooling(family):
    def unpool(kernel, size, **options):
        pool = nn.MaxPool2d(kernel, return_indices=True, **options)
        drawn = torch.randn(2, 3, *size, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
        indices = pool(drawn)[1]
        shape = tuple(indices.shape)
        back = nn.MaxUnpool2d(kernel, **options)
        return lambda x, places: back(x, places, output_size=size), shape, lambda source: indices

    family.function("max unpool 2d", *unpool(2, (6, 8)))
    family.function("max unpool 2d odd", *unpool(2, (7, 9)))
    family.function("max unpool 2d padding", *unpool(3, (9, 7), stride=3, padding=1))


def resampling():
    family = Family("resampling")
    image = (2, 3, 4, 5)
    resize = functional.interpolate
    for size in ((8, 10), (7, 9), (3, 4), (1, 1)):
        name = f"{size[0]}x{size[1]}"
        family.function(f"nearest {name}", lambda x: resize(x, size), image)
        for aligned, corners in ((False, ""), (True, " aligned corners")):
            bilinear = {"mode": "bilinear", "align_corners": aligned}
            family.function(f"bilinear {name}{corners}", lambda x: resize(x, size, **bilinear), image)
    family.layer("pixel shuffle 2", nn.PixelShuffle(2), (2, 12, 3, 4))
    family.layer("pixel shuffle 3", nn.PixelShuffle(3), (1, 9, 2, 3))
    family.layer("pixel unshuffle 2", nn.PixelUnshuffle(2), (2, 3, 6, 8))
    return family


FAMILIES = [linear, convolution, pooling, resampling]
