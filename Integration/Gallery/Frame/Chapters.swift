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
      .convolution, .windowSizes, .sparseMatrix, .filters, .pooling, .receptiveFields, .catalogFields, .equivariance,
      .groupConvolutions,
    ]),
  Chapter(
    "Initialisation and normalisation",
    [
      .initialization, .tenLayers, .batchNorm,
    ]),
  Chapter(
    "Optimisation and regularisation",
    [
      .optimizers, .firstSteps, .schedules, .batchSize, .weightDecay, .biasAndVariance, .earlyStopping, .dropout,
      .augmentation, .transferLearning, .hyperparameterSearch,
    ]),
  Chapter(
    "Architectures",
    [
      .leNet5, .architectures, .inceptionBlock, .plainAndResidual, .uNet, .graphConvolution, .capsules,
    ]),
]
