"""The networks that peers are measured with: layer for layer those of `needletail benchmark`, with as many parameters."""
import torch
import torch.library
from torch import nn
from torch.nn import functional


def import_torchvision():
    """torchvision's networks are pure Python. Without its compiled part (which must match PyTorch's build) only the
    registration of operators for detection fails: it is passed over."""
    register = torch.library.register_fake

    def passing_over(name, *arguments, **options):
        if isinstance(name, str) and name.startswith("torchvision::"):
            return lambda function: function
        return register(name, *arguments, **options)

    torch.library.register_fake = passing_over
    try:
        import torchvision.models
    finally:
        torch.library.register_fake = register
    return torchvision.models


class LeNet5(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))


class Variant(nn.Sequential):
    """LeNet-5 with other sizes, activations and pooling."""

    def __init__(self):
        super().__init__(
            nn.Conv2d(1, 5, 3), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(5, 16, 5), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


class Unit(nn.Module):
    """Two 3×3 convolutions; around them every second pixel and zeros for new channels (option A)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride, self.added = stride, outputs - inputs
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = x
        if self.added:
            shortcut = functional.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, 0, self.added))
        return functional.relu(self.body(x) + shortcut)


class ResNet20(nn.Sequential):
    def __init__(self):
        widths = [16, 16, 16, 16, 32, 32, 32, 64, 64, 64]
        units = [Unit(a, b, 1 if a == b else 2) for a, b in zip(widths, widths[1:])]
        super().__init__(
            nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True), *units,
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def make(name):
    """The network, the shape of an image, and the number of classes."""
    if name == "lenet5":
        return LeNet5(), (1, 32, 32), 10
    if name == "variant":
        return Variant(), (1, 32, 32), 10
    if name == "resnet20":
        return ResNet20(), (3, 32, 32), 10
    # Random weights of the usual kind take GoogLeNet a minute.
    options = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    return getattr(import_torchvision(), name)(**options), (3, 224, 224), 1000
