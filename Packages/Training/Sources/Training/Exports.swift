// A program that trains names tensors, layers, optimisers and data sets in almost every line: importing Training brings
// the layers below it along, so that such a program has one dependency and one import.
@_exported import Autograd
@_exported import Datasets
@_exported import NNLayers
@_exported import Optimizers
@_exported import TensorCore
