"""Losses with all their reductions."""

import torch
from torch.nn import functional

from golden import Family, fixed, labels, normal, rounded, signs, uniform

REDUCTIONS = ("mean", "sum", "none")


def losses():
    family = Family("losses")
    for reduction in REDUCTIONS:
        classification(family, reduction)
        binary(family, reduction)
        regression(family, reduction)
        margins(family, reduction)
        distances(family, reduction)
    divergence(family)
    extremes(family)
    return family


def table(family, reduction, rows):
    """One case a row: name, function, its options, inputs, positions of the inputs without a gradient."""
    for name, function, options, inputs, constant in rows:
        call = lambda *values: function(*values, reduction=reduction, **options)
        family.function(f"{name} {reduction}", call, *inputs, constant=constant)


def probabilities(*shape):
    """Rows of numbers above 0 whose sum is 1, but for rounding."""
    return lambda source: rounded(torch.softmax(normal(*shape)(source), 1))


def log_probabilities(*shape):
    return lambda source: rounded(torch.log_softmax(normal(*shape)(source), 1))


def weighted(function):
    """Takes class weights as the third input."""
    return lambda x, target, weight, **options: function(x, target, weight=weight, **options)


def classification(family, reduction):
    logits, image = normal(6, 5, scale=2), (2, 4, 3, 2)
    weights, some = uniform(0.25, 2, 5), fixed([0, 3, -100, 2, -100, 4])
    entropy, likelihood = functional.cross_entropy, functional.nll_loss
    table(family, reduction, [
        ("cross entropy", entropy, {}, [logits, labels(5, 6)], ()),
        ("cross entropy weights", weighted(entropy), {}, [logits, labels(5, 6), weights], (2,)),
        ("cross entropy ignore", entropy, {}, [logits, some], ()),
        ("cross entropy ignore weights", weighted(entropy), {}, [logits, some, weights], (2,)),
        ("cross entropy smoothing", entropy, {"label_smoothing": 0.1}, [logits, labels(5, 6)], ()),
        ("cross entropy smoothing ignore", entropy, {"label_smoothing": 0.1}, [logits, some], ()),
        ("cross entropy smoothing weights", weighted(entropy), {"label_smoothing": 0.2},
         [logits, labels(5, 6), weights], (2,)),
        ("cross entropy soft", entropy, {}, [logits, probabilities(6, 5)], (1,)),
        ("cross entropy soft weights", weighted(entropy), {}, [logits, probabilities(6, 5), weights], (1, 2)),
        ("cross entropy soft smoothing", entropy, {"label_smoothing": 0.1}, [logits, probabilities(6, 5)], (1,)),
        ("cross entropy of images", entropy, {}, [image, labels(4, 2, 3, 2)], ()),
        ("negative log likelihood", likelihood, {}, [log_probabilities(6, 5), labels(5, 6)], ()),
        ("negative log likelihood weights", weighted(likelihood), {},
         [log_probabilities(6, 5), labels(5, 6), weights], (2,)),
        ("negative log likelihood ignore", likelihood, {}, [log_probabilities(6, 5), some], ()),
    ])


def focal(x, target, alpha, gamma, reduction):
    """Lin and others 2017, as torchvision's sigmoid_focal_loss."""
    entropy = functional.binary_cross_entropy_with_logits(x, target, reduction="none")
    p = torch.sigmoid(x)
    chance = p * target + (1 - p) * (1 - target)
    share = 1 if alpha is None else alpha * target + (1 - alpha) * (1 - target)
    value = share * (1 - chance) ** gamma * entropy
    return {"mean": value.mean, "sum": value.sum, "none": lambda: value}[reduction]()


def binary(family, reduction):
    logits, shares, halves = normal(5, 4, scale=2), uniform(0, 1, 5, 4), labels_as_numbers(5, 4)
    entropy, with_logits = functional.binary_cross_entropy, functional.binary_cross_entropy_with_logits
    positive = lambda x, target, weight, **options: with_logits(x, target, pos_weight=weight, **options)
    table(family, reduction, [
        ("binary cross entropy", entropy, {}, [uniform(0.01, 0.99, 5, 4), shares], (1,)),
        ("binary cross entropy of labels", entropy, {}, [uniform(0.01, 0.99, 5, 4), halves], (1,)),
        ("binary cross entropy logits", with_logits, {}, [logits, shares], (1,)),
        ("binary cross entropy logits positive weight", positive, {}, [logits, shares, uniform(0.5, 3, 4)], (1, 2)),
        ("focal", focal, {"alpha": 0.25, "gamma": 2}, [logits, halves], (1,)),
        ("focal without alpha", focal, {"alpha": None, "gamma": 1.5}, [logits, halves], (1,)),
    ])


def labels_as_numbers(*shape):
    return lambda source: labels(2, *shape)(source).double()


def regression(family, reduction):
    pair = [normal(4, 5, scale=2), (4, 5)]
    table(family, reduction, [
        ("mean squared error", functional.mse_loss, {}, pair, ()),
        ("l1", functional.l1_loss, {}, pair, ()),
        ("huber", functional.huber_loss, {}, pair, ()),
        ("huber 0.5", functional.huber_loss, {"delta": 0.5}, pair, ()),
        ("smooth l1", functional.smooth_l1_loss, {}, pair, ()),
        ("smooth l1 0.5", functional.smooth_l1_loss, {"beta": 0.5}, pair, ()),
    ])


def margins(family, reduction):
    scores, margin = (6, 5), functional.multi_margin_loss
    table(family, reduction, [
        ("hinge embedding", functional.hinge_embedding_loss, {}, [(4, 5), signs(4, 5)], (1,)),
        ("hinge embedding 0.5", functional.hinge_embedding_loss, {"margin": 0.5}, [(4, 5), signs(4, 5)], (1,)),
        ("multi margin", margin, {}, [scores, labels(5, 6)], ()),
        ("multi margin 0.5", margin, {"margin": 0.5}, [scores, labels(5, 6)], ()),
        ("multi margin squared", margin, {"p": 2}, [scores, labels(5, 6)], ()),
        ("multi margin weights", weighted(margin), {}, [scores, labels(5, 6), uniform(0.25, 2, 5)], (2,)),
    ])


def distances(family, reduction):
    vectors = [(6, 4), (6, 4), signs(6)]
    triple, triplet = [(6, 4), (6, 4), (6, 4)], functional.triplet_margin_loss
    table(family, reduction, [
        ("cosine embedding", functional.cosine_embedding_loss, {}, vectors, (2,)),
        ("cosine embedding 0.25", functional.cosine_embedding_loss, {"margin": 0.25}, vectors, (2,)),
        ("triplet", triplet, {}, triple, ()),
        ("triplet 0.5", triplet, {"margin": 0.5}, triple, ()),
        ("triplet of norm 1", triplet, {"p": 1}, triple, ()),
        ("triplet swapped", triplet, {"swap": True}, triple, ()),
    ])


def divergence(family):
    pair = [log_probabilities(4, 5), probabilities(4, 5)]
    for reduction in REDUCTIONS + ("batchmean",):
        divergence = lambda x, target: functional.kl_div(x, target, reduction=reduction)
        family.function(f"kl divergence {reduction}", divergence, *pair, constant=(1,))
        logs = lambda x, target: functional.kl_div(x, target, reduction=reduction, log_target=True)
        family.function(f"kl divergence of logs {reduction}", logs, pair[0], log_probabilities(4, 5), constant=(1,))


def extremes(family):
    """Logits at which a softmax or a sigmoid that is not careful overflows."""
    far = normal(6, 5, scale=300)
    family.function("cross entropy far", functional.cross_entropy, far, labels(5, 6))
    binary = functional.binary_cross_entropy_with_logits
    family.function("binary cross entropy logits far", binary, far, labels_as_numbers(6, 5), constant=(1,))


FAMILIES = [losses]
