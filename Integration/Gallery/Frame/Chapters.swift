/// All topics. A topic is a file in `Topics` and a name here.
let chapters: [Chapter] = [
  Chapter(
    "Neurons, losses and graphs",
    []),
  Chapter(
    "Convolution",
    [
      .receptiveFields
    ]),
  Chapter(
    "Initialisation and normalisation",
    [
      .initialisation
    ]),
  Chapter(
    "Optimisation and regularisation",
    []),
  Chapter(
    "Architectures",
    []),
]
