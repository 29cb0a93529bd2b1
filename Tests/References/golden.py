"""Cases of a calculation in Float64 (inputs, state, output, gradients), written as one safetensors file a family.

The tensors of a case are named `case/what`:

    input.0, input.1         what goes in; whole numbers as Int64
    earlier.0, earlier.1     batches that a layer saw in training before
    state.weight             parameters and buffers before the call, under their names in the state dictionary
    output, output.1         what comes out
    cotangent                the gradient of a loss with respect to output; the loss is the sum of their product
    gradient.input.0         the gradients of that loss
    gradient.state.weight
    after.running_mean       the buffers after the call

All that goes in is rounded to Float32, so that calculations in either precision start from the same numbers.
"""

import pathlib
import platform
import zlib

import numpy
import safetensors
import safetensors.torch
import torch
from torch.nn import functional

SEED = 20150615
FOLDER = pathlib.Path(__file__).resolve().parent


def rounded(tensor):
    return tensor.float().double()


def normal(*shape, scale=1.0):
    """Draws from the normal distribution."""
    return lambda source: rounded(scale * torch.randn(shape, generator=source, dtype=torch.float64))


def uniform(low, high, *shape):
    """Draws between two numbers."""
    return lambda source: rounded(low + (high - low) * torch.rand(shape, generator=source, dtype=torch.float64))


def labels(count, *shape):
    """Draws whole numbers from 0 up to, not including, count."""
    return lambda source: torch.randint(count, shape, generator=source)


def signs(*shape):
    """Draws -1 and 1."""
    return lambda source: 2.0 * torch.randint(2, shape, generator=source).double() - 1


def fixed(values):
    """Numbers that are written out."""
    return lambda source: torch.as_tensor(values) if isinstance(values[0], int) else rounded(torch.as_tensor(values))


def draw(what, source):
    """A drawing function's numbers; a plain shape means normal ones."""
    return normal(*what)(source) if isinstance(what, tuple) else what(source)


def fill(module, source):
    """Gives a module random parameters, running statistics and singular vectors."""
    for parameter in module.parameters():
        parameter.data = draw(normal(*parameter.shape, scale=0.5), source)
    for name, buffer in module.named_buffers():
        if name.endswith("running_mean"):
            buffer.data = draw(tuple(buffer.shape), source)
        if name.endswith("running_var"):
            buffer.data = draw(uniform(0.5, 2.0, *buffer.shape), source)
        if name.endswith(("_u", "_v")):
            buffer.data = rounded(functional.normalize(draw(tuple(buffer.shape), source), dim=0))


class Family:
    """The cases of one file."""

    def __init__(self, name):
        self.name = name
        self.tensors = {}
        self.cases = []

    def begin(self, case):
        """Starts a case; returns its random numbers, which depend on its name only."""
        assert case not in self.cases, f"{case} is there twice"
        self.cases.append(case)
        return torch.Generator().manual_seed(SEED + zlib.crc32(case.encode()))

    def put(self, what, tensor):
        self.tensors[f"{self.cases[-1]}/{what}"] = tensor.detach().clone().contiguous()

    def put_all(self, prefix, tensors):
        for number, tensor in enumerate(tensors):
            self.put(f"{prefix}.{number}", tensor)

    def layer(self, case, module, *inputs, earlier=0, training=True):
        """A layer's output, gradients and buffers, after `earlier` batches that look like the inputs."""
        source = self.begin(case)
        module = module.double().train(training)
        fill(module, source)
        for name, value in module.state_dict().items():
            self.put(f"state.{name}", value)
        before = {name: value.clone() for name, value in module.named_buffers()}
        for number in range(earlier):
            batch = draw(inputs[0], source)
            self.put(f"earlier.{number}", batch)
            module(batch)
        self.finish(module, [draw(each, source) for each in inputs], source, dict(module.named_parameters()))
        for name, value in module.named_buffers():
            if not torch.equal(value, before[name]):
                self.put(f"after.{name}", value)

    def function(self, case, function, *inputs, constant=()):
        """A function's output and its gradients; inputs whose positions are in `constant` have none."""
        source = self.begin(case)
        self.finish(function, [draw(each, source) for each in inputs], source, {}, constant)

    def finish(self, function, inputs, source, parameters, constant=()):
        variables = {
            f"input.{number}": value.requires_grad_()
            for number, value in enumerate(inputs)
            if value.is_floating_point() and number not in constant
        }
        variables.update({f"state.{name}": value for name, value in parameters.items()})
        outputs = function(*inputs)
        output, *others = outputs if isinstance(outputs, tuple) else (outputs,)
        cotangent = draw(tuple(output.shape), source)
        gradients = torch.autograd.grad(output, list(variables.values()), cotangent)
        self.put_all("input", inputs)
        self.put("output", output)
        for number, other in enumerate(others, start=1):
            self.put(f"output.{number}", other)
        self.put("cotangent", cotangent)
        for name, gradient in zip(variables, gradients):
            self.put(f"gradient.{name}", gradient)

    def write(self):
        """Writes the file; returns its size."""
        path = FOLDER / f"{self.name}.safetensors"
        # One text: several would be written in any order.
        versions = (
            f"PyTorch {torch.__version__}, NumPy {numpy.__version__}, safetensors {safetensors.__version__}, "
            f"Python {platform.python_version()}, seed {SEED}"
        )
        safetensors.torch.save_file(self.tensors, path, metadata={"made with": versions})
        return path.stat().st_size
