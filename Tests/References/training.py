"""Update rules, clipping, averages of weights and schedules."""

import torch
from torch import nn, optim
from torch.optim import lr_scheduler, swa_utils

from golden import Family, draw, normal

STEPS = 20
SHAPES = [(3, 4), (5,)]


class Lion:
    """Chen and others 2023, algorithm 2."""

    def __init__(self, parameters, rate, beta1, beta2, decay):
        self.settings = rate, beta1, beta2, decay
        self.memory = [(parameter, torch.zeros_like(parameter)) for parameter in parameters]

    @torch.no_grad()
    def step(self):
        rate, beta1, beta2, decay = self.settings
        for w, m in self.memory:
            direction = torch.sign(beta1 * m + (1 - beta1) * w.grad)
            w.sub_(rate * (direction + decay * w))
            m.mul_(beta2).add_((1 - beta2) * w.grad)


class LARS:
    """You and others 2017, algorithm 1."""

    def __init__(self, parameters, rate, trust, momentum, decay):
        self.settings = rate, trust, momentum, decay
        self.memory = [(parameter, torch.zeros_like(parameter)) for parameter in parameters]

    @torch.no_grad()
    def step(self):
        rate, trust, momentum, decay = self.settings
        for w, v in self.memory:
            local = trust * w.norm() / (w.grad.norm() + decay * w.norm())
            v.mul_(momentum).add_(rate * local * (w.grad + decay * w))
            w.sub_(v)


class UncorrectedAdam:
    """Adam whose averages are not divided by 1 - beta^t."""

    def __init__(self, parameters, rate):
        self.rate = rate
        self.memory = [(each, torch.zeros_like(each), torch.zeros_like(each)) for each in parameters]

    @torch.no_grad()
    def step(self):
        for w, m, v in self.memory:
            m.mul_(0.9).add_(0.1 * w.grad)
            v.mul_(0.999).add_(0.001 * w.grad**2)
            w.sub_(self.rate * m / (v.sqrt() + 1e-8))


OPTIMIZERS = [
    ("sgd", lambda p: optim.SGD(p, 0.1)),
    ("sgd decay", lambda p: optim.SGD(p, 0.1, weight_decay=0.05)),
    ("sgd momentum", lambda p: optim.SGD(p, 0.1, momentum=0.9)),
    ("sgd momentum decay", lambda p: optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.05)),
    ("sgd dampening", lambda p: optim.SGD(p, 0.1, momentum=0.9, dampening=0.3, weight_decay=0.05)),
    ("sgd nesterov", lambda p: optim.SGD(p, 0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
    ("adagrad", lambda p: optim.Adagrad(p, 0.1)),
    ("adagrad decay", lambda p: optim.Adagrad(p, 0.1, weight_decay=0.05)),
    ("adagrad start", lambda p: optim.Adagrad(p, 0.1, initial_accumulator_value=0.5)),
    ("rmsprop", lambda p: optim.RMSprop(p, 0.01)),
    ("rmsprop momentum decay", lambda p: optim.RMSprop(p, 0.01, alpha=0.9, momentum=0.9, weight_decay=0.05)),
    ("rmsprop centered", lambda p: optim.RMSprop(p, 0.01, centered=True, weight_decay=0.05)),
    ("rmsprop centered momentum", lambda p: optim.RMSprop(p, 0.01, centered=True, momentum=0.5)),
    ("adadelta", lambda p: optim.Adadelta(p)),
    ("adadelta decay", lambda p: optim.Adadelta(p, 0.5, rho=0.95, weight_decay=0.05)),
    ("rprop", lambda p: optim.Rprop(p, 0.01)),
    ("rprop factors", lambda p: optim.Rprop(p, 0.02, etas=(0.6, 1.3), step_sizes=(0.005, 0.05))),
    ("adam", lambda p: optim.Adam(p, 0.01)),
    ("adam decay", lambda p: optim.Adam(p, 0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.05)),
    ("adam amsgrad", lambda p: optim.Adam(p, 0.01, betas=(0.9, 0.5), weight_decay=0.05, amsgrad=True)),
    ("adam uncorrected", lambda p: UncorrectedAdam(p, 0.01)),
    ("adamw", lambda p: optim.AdamW(p, 0.01)),
    ("adamw decay", lambda p: optim.AdamW(p, 0.01, betas=(0.8, 0.95), weight_decay=0.2)),
    ("adamw amsgrad", lambda p: optim.AdamW(p, 0.01, betas=(0.9, 0.5), weight_decay=0.2, amsgrad=True)),
    ("nadam", lambda p: optim.NAdam(p, 0.01)),
    ("nadam decay", lambda p: optim.NAdam(p, 0.01, weight_decay=0.05, momentum_decay=0.01)),
    ("nadam decoupled", lambda p: optim.NAdam(p, 0.01, weight_decay=0.05, decoupled_weight_decay=True)),
    ("radam", lambda p: optim.RAdam(p, 0.01)),
    ("radam decay", lambda p: optim.RAdam(p, 0.01, betas=(0.8, 0.9), eps=1e-4, weight_decay=0.05)),
    ("radam decoupled", lambda p: optim.RAdam(p, 0.01, betas=(0.9, 0.95), weight_decay=0.05, decoupled_weight_decay=True)),
    ("adamax", lambda p: optim.Adamax(p, 0.01)),
    ("adamax decay", lambda p: optim.Adamax(p, 0.01, betas=(0.8, 0.9), weight_decay=0.05)),
    ("lion", lambda p: Lion(p, 0.01, 0.9, 0.99, 0)),
    ("lion decay", lambda p: Lion(p, 0.01, 0.95, 0.98, 0.2)),
    ("lars", lambda p: LARS(p, 1.0, 0.01, 0, 0)),
    ("lars momentum decay", lambda p: LARS(p, 1.0, 0.01, 0.9, 0.05)),
]


def optimizers():
    """The values of two parameters after each of 20 steps with given gradients."""
    family = Family("optimizers")
    for name, make in OPTIMIZERS:
        source = family.begin(name)
        starts = [draw(shape, source) for shape in SHAPES]
        gradients = [draw((STEPS, *shape), source) for shape in SHAPES]
        family.put_all("start", starts)
        family.put_all("gradient", gradients)
        family.put_all("path", paths(make, starts, gradients))
    return family


def paths(make, starts, gradients):
    parameters = [nn.Parameter(start.clone()) for start in starts]
    optimizer = make(parameters)
    path = []
    for step in range(STEPS):
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient[step].clone()
        optimizer.step()
        path.append([parameter.detach().clone() for parameter in parameters])
    return [torch.stack(values) for values in zip(*path)]


CLIPS = [
    ("clip by norm", lambda p: nn.utils.clip_grad_norm_(p, 1.0)),
    ("clip by norm not reached", lambda p: nn.utils.clip_grad_norm_(p, 100.0)),
    ("clip by value", lambda p: nn.utils.clip_grad_value_(p, 0.5)),
]


def averages():
    """Gradients before and after clipping; the averages of a parameter's values, given step by step."""
    family = Family("averages")
    for name, clip in CLIPS:
        source = family.begin(name)
        parameters = [nn.Parameter(torch.zeros(shape, dtype=torch.float64)) for shape in SHAPES]
        for parameter in parameters:
            parameter.grad = draw(tuple(parameter.shape), source)
        family.put_all("gradient", [parameter.grad for parameter in parameters])
        norm = clip(parameters)
        if norm is not None:
            family.put("norm", norm)
        family.put_all("clipped", [parameter.grad for parameter in parameters])
    average(family, "stochastic weight average", {})
    average(family, "exponential weight average", {"multi_avg_fn": swa_utils.get_ema_multi_avg_fn(0.9)})
    return family


def average(family, name, options):
    source = family.begin(name)
    model = nn.Linear(3, 2, bias=False).double()
    averaged = swa_utils.AveragedModel(model, **options)
    values = draw((STEPS, 2, 3), source)
    path = []
    for value in values:
        model.weight.data = value.clone()
        averaged.update_parameters(model)
        path.append(averaged.module.weight.detach().clone())
    family.put("value", values)
    family.put("path", torch.stack(path))


RATE = 0.1
SCHEDULES = [
    ("constant", 10, lambda o: lr_scheduler.ConstantLR(o, factor=1)),
    ("step", 30, lambda o: lr_scheduler.StepLR(o, 7, gamma=0.5)),
    ("multi step", 30, lambda o: lr_scheduler.MultiStepLR(o, [3, 9, 20], gamma=0.2)),
    ("exponential", 30, lambda o: lr_scheduler.ExponentialLR(o, 0.9)),
    ("polynomial", 30, lambda o: lr_scheduler.PolynomialLR(o, 25, power=2.0)),
    ("polynomial 0.5", 12, lambda o: lr_scheduler.PolynomialLR(o, 10, power=0.5)),
    ("linear", 20, lambda o: lr_scheduler.LinearLR(o, start_factor=1.0, end_factor=0.1, total_iters=15)),
    ("linear warm-up", 12, lambda o: lr_scheduler.LinearLR(o, start_factor=0.2, total_iters=8)),
    ("cosine", 25, lambda o: lr_scheduler.CosineAnnealingLR(o, 25)),
    ("cosine floor", 25, lambda o: lr_scheduler.CosineAnnealingLR(o, 25, eta_min=0.01)),
    ("warm restarts", 30, lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 7)),
    ("warm restarts longer", 40, lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 5, T_mult=2, eta_min=0.001)),
    ("one cycle", 39, lambda o: lr_scheduler.OneCycleLR(o, 0.5, total_steps=40)),
    ("one cycle linear", 39, lambda o: lr_scheduler.OneCycleLR(
        o, 0.5, total_steps=40, pct_start=0.25, anneal_strategy="linear", div_factor=10, final_div_factor=100)),
    ("one cycle three phases", 39, lambda o: lr_scheduler.OneCycleLR(o, 0.5, total_steps=40, three_phase=True)),
]
PLATEAUS = [
    ("plateau", {"patience": 2}),
    ("plateau of maxima", {"mode": "max", "factor": 0.5, "patience": 1}),
    ("plateau absolute", {"threshold": 0.05, "threshold_mode": "abs", "patience": 2, "factor": 0.3}),
    ("plateau cooldown floor", {"patience": 1, "cooldown": 3, "min_lr": 0.004, "factor": 0.2}),
]


def schedules():
    """The rate of each step, the first before any step of the schedule; for plateaus the value it goes by too."""
    family = Family("schedules")
    for name, steps, make in SCHEDULES:
        family.begin(name)
        optimizer = one_parameter()
        schedule = make(optimizer)
        family.put("rates", rates(optimizer, [schedule.step] * steps))
    for name, options in PLATEAUS:
        values = draw(normal(40, scale=0.1), family.begin(name)) + torch.linspace(1, 0.5, 40, dtype=torch.float64)
        optimizer = one_parameter()
        schedule = lr_scheduler.ReduceLROnPlateau(optimizer, **options)
        family.put("metric", values)
        family.put("rates", rates(optimizer, [lambda value=value: schedule.step(value.item()) for value in values]))
    return family


def one_parameter():
    return optim.SGD([nn.Parameter(torch.zeros(1))], RATE, momentum=0.9)


def rates(optimizer, steps):
    found = [optimizer.param_groups[0]["lr"]]
    for step in steps:
        optimizer.step()
        step()
        found.append(optimizer.param_groups[0]["lr"])
    return torch.tensor(found, dtype=torch.float64)


FAMILIES = [optimizers, averages, schedules]
