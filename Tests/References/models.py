"""What torchvision's classifiers give, in Float64, for weights and images that a formula makes.

    python3 Tests/References/models.py

writes Packages/Models/Tests/Golden/torchvision.json. Made with PyTorch 2.13 and torchvision 0.28. The formula is integer
arithmetic, so that the tests make the same weights bit by bit and the file holds results only:

    seed     = FNV-1a of the name's UTF-8 bytes, 64 bits
    u[i]     = the upper 53 bits of splitmix64(seed + (i + 1) · 0x9E3779B97F4A7C15) / 2⁵³

and a parameter's element is, rounded to Float32,

    rank 2 and more      (2u - 1) √(6 / fan-in)
    running_mean, bias   (u - 0.5) / 5
    running_var, weight  0.5 + u   (rank 1)

An image is (2u - 1) √3 under the name "input". Of gradients the file holds the sums with signs: the elements' own with
+ or -, by the lowest bit of splitmix64 under "NAME/0" and "NAME/1". Their squared errors estimate that of the gradient.
"""
import json
import math
import pathlib

import numpy
import torch
import torchvision

NAMES = """alexnet vgg11 vgg13 vgg16 vgg19 vgg11_bn vgg13_bn vgg16_bn vgg19_bn googlenet resnet18 resnet34 resnet50
    resnet101 resnet152 resnext50_32x4d wide_resnet50_2""".split()
GRADIENTS = ["alexnet", "vgg11_bn", "googlenet", "resnet18", "resnet50"]
CLASSES, SIDE, LABELS = 10, 64, [3, 7]


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def bits(name, count):
    with numpy.errstate(over="ignore"):
        z = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15) + numpy.uint64(fnv(name))
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))


def uniform(name, count):
    return (bits(name, count) >> numpy.uint64(11)).astype(numpy.float64) / 2.0**53


def value(name, shape):
    count = math.prod(shape)
    if name.endswith("num_batches_tracked"):
        return torch.tensor(7)
    u = uniform(name, count)
    if name == "input":
        u = (2 * u - 1) * math.sqrt(3)
    elif len(shape) >= 2:
        u = (2 * u - 1) * math.sqrt(6 / math.prod(shape[1:]))
    elif name.endswith("running_mean") or name.endswith("bias"):
        u = (u - 0.5) / 5
    else:
        u = u + 0.5
    return torch.from_numpy(u.astype(numpy.float32).astype(numpy.float64).reshape(shape))


def network(name, classes=CLASSES, **options):
    if name.startswith("googlenet") or name.startswith("vgg"):
        options["init_weights"] = False
    return getattr(torchvision.models, name)(num_classes=classes, **options)


def facts(name):
    with torch.device("meta"):
        net = network(name, 1000, **({"aux_logits": True} if name == "googlenet" else {}))
    state = sorted((key, list(tensor.shape)) for key, tensor in net.state_dict().items())
    text = "".join(f"{key} {shape}\n" for key, shape in state)
    return {
        "parameters": sum(p.numel() for p in net.parameters()), "stateCount": len(state), "stateDigest": f"{fnv(text):016x}",
    }


def loaded(name, **options):
    with torch.device("meta"):
        net = network(name, **options)
    net = net.to_empty(device="cpu").double()
    net.load_state_dict({key: value(key, tuple(tensor.shape)) for key, tensor in net.state_dict().items()})
    return net


def logits(name, images):
    net = loaded(name, **({"aux_logits": True} if name == "googlenet" else {})).eval()
    with torch.no_grad():
        return net(images).flatten().tolist()


def step(name, images):
    options = {"dropout": 0.0} if name in ("alexnet", "vgg11_bn", "googlenet") else {}
    if name == "googlenet":
        options.update(aux_logits=True, dropout_aux=0.0)
    net = loaded(name, **options).train()
    output = net(images)
    entropy = torch.nn.functional.cross_entropy
    labels = torch.tensor(LABELS)
    if name == "googlenet":
        loss = entropy(output[0], labels) + 0.3 * entropy(output[2], labels) + 0.3 * entropy(output[1], labels)
    else:
        loss = entropy(output, labels)
    loss.backward()
    gradients = {}
    for key, parameter in net.named_parameters():
        gradient = parameter.grad.flatten().numpy()
        signed = []
        for number in (0, 1):
            sign = 1 - 2 * (bits(f"{key}/{number}", gradient.size) & numpy.uint64(1)).astype(numpy.float64)
            signed.append(float(gradient @ sign))
        gradients[key] = [float(numpy.linalg.norm(gradient))] + signed
    return {"loss": loss.item(), "gradients": gradients}


def main():
    images = value("input", (2, 3, SIDE, SIDE))
    result = {}
    for name in NAMES:
        result[name] = facts(name) | {"logits": logits(name, images)}
        if name in GRADIENTS:
            result[name] |= {"step": step(name, images)}
        print(name, flush=True)
    path = pathlib.Path(__file__).parents[2] / "Packages/Models/Tests/Golden/torchvision.json"
    path.write_text(json.dumps(result, indent=0) + "\n")


main()
