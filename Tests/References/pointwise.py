"""Activations and normalisation."""

import torch
from torch import nn

from golden import Family, normal


class HardSigmoid(nn.Module):
    """By its formula: PyTorch's gradient has the factor 1/6 in Float32 only."""

    def forward(self, x):
        return torch.clamp(x / 6 + 0.5, 0, 1)


ACTIVATIONS = [
    ("threshold", nn.Threshold(0.5, -2.0)),
    ("sigmoid", nn.Sigmoid()),
    ("log sigmoid", nn.LogSigmoid()),
    ("tanh", nn.Tanh()),
    ("hard tanh", nn.Hardtanh()),
    ("hard tanh bounds", nn.Hardtanh(-2.0, 0.5)),
    ("relu", nn.ReLU()),
    ("relu6", nn.ReLU6()),
    ("leaky relu", nn.LeakyReLU()),
    ("leaky relu 0.25", nn.LeakyReLU(0.25)),
    ("elu", nn.ELU()),
    ("elu 0.5", nn.ELU(0.5)),
    ("celu", nn.CELU()),
    ("celu 1.5", nn.CELU(1.5)),
    ("selu", nn.SELU()),
    ("gelu", nn.GELU()),
    ("gelu tanh", nn.GELU("tanh")),
    ("silu", nn.SiLU()),
    ("hard swish", nn.Hardswish()),
    ("hard sigmoid", HardSigmoid()),
    ("mish", nn.Mish()),
    # PyTorch goes over to the identity above its threshold, which is 2e-9 off at 20: never here.
    ("softplus", nn.Softplus(threshold=1000)),
    ("softplus 2", nn.Softplus(beta=2.0, threshold=1000)),
    ("softsign", nn.Softsign()),
    ("hard shrink", nn.Hardshrink()),
    ("soft shrink 0.3", nn.Softshrink(0.3)),
    ("tanh shrink", nn.Tanhshrink()),
]


def far(source):
    """Numbers between -40 and 40, where exponentials are tiny and huge."""
    return (80 * torch.rand(61, generator=source, dtype=torch.float64) - 40).float().double()


def activations():
    family = Family("activations")
    layer = family.layer
    for name, module in ACTIVATIONS:
        layer(name, module, normal(5, 13, scale=2))
        layer(f"{name} far", module, far)
    layer("prelu", nn.PReLU(), (2, 3, 4))
    layer("prelu per channel", nn.PReLU(3), (2, 3, 4, 5))
    layer("softmax", nn.Softmax(1), normal(4, 7, scale=2))
    layer("softmax of channels", nn.Softmax(1), (2, 5, 3, 2))
    layer("softmax far", nn.Softmax(0), far)
    layer("log softmax", nn.LogSoftmax(1), normal(4, 7, scale=2))
    layer("log softmax of channels", nn.LogSoftmax(1), (2, 5, 3, 2))
    layer("log softmax far", nn.LogSoftmax(0), far)
    layer("glu", nn.GLU(), (3, 8))
    layer("glu of channels", nn.GLU(1), (2, 6, 3, 4))
    return family


def normalization():
    family = Family("normalization")
    batch_norm(family)
    other_norms(family)
    reparametrizations(family)
    return family


def batch_norm(family):
    shapes = [("1d", nn.BatchNorm1d, (6, 4)), ("1d of lines", nn.BatchNorm1d, (3, 4, 5))]
    shapes += [("2d", nn.BatchNorm2d, (3, 4, 5, 2)), ("3d", nn.BatchNorm3d, (2, 4, 3, 2, 3))]
    for name, norm, shape in shapes:
        family.layer(f"batch norm {name}", norm(4), shape, earlier=2)
        family.layer(f"batch norm {name} inference", norm(4), shape, training=False)
        family.layer(f"batch norm {name} whole set", norm(4, momentum=None), shape, earlier=2)
    image = (3, 4, 5, 2)
    family.layer("batch norm 2d momentum epsilon", nn.BatchNorm2d(4, eps=0.01, momentum=0.25), image, earlier=2)
    family.layer("batch norm 2d without affine", nn.BatchNorm2d(4, affine=False), image, earlier=2)
    untracked = {"track_running_stats": False}
    family.layer("batch norm 2d without statistics", nn.BatchNorm2d(4, **untracked), image)
    family.layer("batch norm 2d untracked inference", nn.BatchNorm2d(4, **untracked), image, training=False)


def other_norms(family):
    layer = family.layer
    layer("layer norm", nn.LayerNorm(7), (5, 7))
    layer("layer norm of two axes", nn.LayerNorm((3, 4)), (2, 5, 3, 4))
    layer("layer norm without affine", nn.LayerNorm(7, elementwise_affine=False), (5, 7))
    layer("layer norm epsilon", nn.LayerNorm(7, eps=0.1), (5, 7))
    layer("instance norm 1d", nn.InstanceNorm1d(3), (2, 3, 7))
    layer("instance norm 2d", nn.InstanceNorm2d(3), (2, 3, 4, 5))
    layer("instance norm 2d affine", nn.InstanceNorm2d(3, affine=True), (2, 3, 4, 5))
    layer("instance norm 3d", nn.InstanceNorm3d(3), (2, 3, 4, 2, 3))
    layer("group norm", nn.GroupNorm(2, 6), (3, 6, 4, 3))
    layer("group norm of lines", nn.GroupNorm(3, 6), (2, 6, 5))
    layer("group norm without affine", nn.GroupNorm(3, 6, affine=False), (3, 6, 4, 3))
    layer("group norm one group", nn.GroupNorm(1, 6, eps=1e-3), (3, 6, 2, 2))
    layer("local response norm", nn.LocalResponseNorm(5), (2, 9, 3, 4))
    alexnet = nn.LocalResponseNorm(5, alpha=1e-1, beta=0.75, k=2.0)
    layer("local response norm strong", alexnet, normal(2, 9, 3, 4, scale=3))
    layer("local response norm even", nn.LocalResponseNorm(4, alpha=0.5, beta=0.5), (2, 7, 3, 4))
    layer("rms norm", nn.RMSNorm(7, eps=1e-6), (5, 7))
    layer("rms norm of two axes", nn.RMSNorm((3, 4), eps=1e-3), (2, 3, 4))
    layer("rms norm without affine", nn.RMSNorm(7, eps=1e-6, elementwise_affine=False), (5, 7))


def reparametrizations(family):
    weight_norm = nn.utils.parametrizations.weight_norm
    spectral_norm = nn.utils.parametrizations.spectral_norm
    family.layer("weight norm linear", weight_norm(nn.Linear(5, 4)), (3, 5))
    family.layer("weight norm conv2d", weight_norm(nn.Conv2d(3, 4, 3)), (2, 3, 5, 5))
    family.layer("spectral norm linear", spectral_norm(nn.Linear(5, 4)), (3, 5), earlier=2)
    family.layer("spectral norm conv2d", spectral_norm(nn.Conv2d(3, 4, 3)), (2, 3, 5, 5), earlier=2)
    family.layer("spectral norm inference", spectral_norm(nn.Linear(5, 4)), (3, 5), training=False)


FAMILIES = [activations, normalization]
