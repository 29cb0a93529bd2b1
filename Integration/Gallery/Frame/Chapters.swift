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
      .convolution, .filters, .receptiveFields, .catalogueFields,
    ]),
  Chapter(
    "Initialisation and normalisation",
    [
      .initialisation
    ]),
  Chapter(
    "Optimisation and regularisation",
    [
      .optimisers, .schedules, .batchSize, .regularisation, .augmentation,
    ]),
  Chapter(
    "Architectures",
    [
      .plainAndResidual
    ]),
]
