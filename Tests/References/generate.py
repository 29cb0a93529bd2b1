"""Writes all files of golden values into this folder; prints what is in them."""

import torch

import layers
import losses
import pointwise
import training

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)  # NAdam multiplies its momenta in it, whatever the parameters are.

for make in layers.FAMILIES + pointwise.FAMILIES + losses.FAMILIES + training.FAMILIES:
    family = make()
    print(f"{family.name}: {len(family.cases)} cases, {family.write():,} bytes")
