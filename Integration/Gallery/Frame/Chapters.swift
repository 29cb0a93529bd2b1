/// All topics. A topic is a file in `Topics` and a name here.
let chapters: [Chapter] = [
  Chapter(
    "Neurons, losses and graphs",
    [
      .perceptron, .hiddenUnits, .linearRegression, .regression, .activations, .computationGraph,
    ]),
  Chapter(
    "Convolution",
    [
      .convolution, .windowSizes, .sparseMatrix, .filters, .pooling, .receptiveFields, .catalogueFields, .equivariance,
      .groupConvolutions,
    ]),
  Chapter(
    "Initialisation and normalisation",
    [
      .initialisation, .tenLayers, .batchNorm,
    ]),
  Chapter(
    "Optimisation and regularisation",
    [
      .optimisers, .firstSteps, .schedules, .batchSize, .weightDecay, .biasAndVariance, .earlyStopping, .dropout,
      .augmentation, .transferLearning, .hyperparameterSearch,
    ]),
  Chapter(
    "Architectures",
    [
      .leNet5, .architectures, .inceptionBlock, .plainAndResidual, .uNet, .graphConvolution, .capsules,
    ]),
]
