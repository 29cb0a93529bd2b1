/// All topics. A topic is a file in `Topics` and a name here.
let chapters: [Chapter] = [
  Chapter(
    "Neurons, losses and graphs",
    [
      .perceptron, .regression, .activations, .computationGraph,
    ]),
  Chapter(
    "Convolution",
    [
      .convolution, .filters, .receptiveFields, .catalogueFields, .equivariance,
    ]),
  Chapter(
    "Initialisation and normalisation",
    [
      .initialisation, .batchNorm,
    ]),
  Chapter(
    "Optimisation and regularisation",
    [
      .optimisers, .schedules, .batchSize, .regularisation, .augmentation, .transferLearning,
      .hyperparameterSearch,
    ]),
  Chapter(
    "Architectures",
    [
      .leNet5, .architectures, .plainAndResidual, .uNet, .graphConvolution, .capsules,
    ]),
]
