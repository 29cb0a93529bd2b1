import Foundation
import Jobs
import Models
import Training

// Trainings with accuracy bars. Fashion-MNIST's files are in the folder that the environment variable DATA names.

let digits = (1...5).map { seed in
  Job("digits with LeNet-5, seed \(seed)") {
    try figure(ImageTraining().accuracy(on: Digits(), seed: UInt64(seed)), atLeast: 0.975)
  }
}

/// By the recommended settings of each, at half the height and width where the network takes it, in fewer epochs.
let families = [
  ImageTraining(model: "lenet5-1998", epochs: 15, loss: { penalizedDistanceLoss($0, $1) }),
  ImageTraining(model: "lenet28", epochs: 5, side: 28),
  ImageTraining(model: "alexnet-lite", epochs: 15, side: 16), ImageTraining(model: "vgg-lite", epochs: 8, side: 16),
  ImageTraining(model: "googlenet-lite", epochs: 8, side: 16), ImageTraining(model: "resnet20", epochs: 8, side: 16),
].map { training in
  Job("digits with \(training.model)") {
    try figure(training.accuracy(on: Digits(), seed: 1), atLeast: 0.97)
  }
}

let networksInNetworks = (1...3).map { seed in
  Job("digits with nin-lite, seed \(seed)") {
    let training = ImageTraining(model: "nin-lite", epochs: 25, side: 16)
    return try figure(training.accuracy(on: Digits(), seed: UInt64(seed)), atLeast: 0.97)
  }
}

let overfitting =
  networksOfTheFamilies.map { model, side in
    Job("32 digits by heart with \(model)") { try overfits(model, side: side) }
  } + [Job("32 pictures of cells by heart with U-Net") { try overfitsPixels() }]

let segmentation = [
  Job("cells with U-Net, mean IoU") { try figure(cellsWithUNet(pictures: 64, epochs: 30), atLeast: 0.95) },
  Job("cells with a classifier of patches, mean IoU") {
    try figure(cellsWithPatches(pictures: 64, steps: 800), atLeast: 0.9)
  },
]

func fashion(_ name: String, _ training: ImageTraining, atLeast bar: Double) -> Job {
  Job("Fashion-MNIST with \(name)") {
    guard let folder = ProcessInfo.processInfo.environment["DATA"], !folder.isEmpty else {
      throw Unmet("needs the folder of its IDX files: make trainings DATA=folder")
    }
    return try figure(
      training.accuracy(on: MNISTFamily.fashionMNIST, in: URL(filePath: folder), seed: 1), atLeast: bar)
  }
}

let club = (1...5).map { seed in
  Job("Zachary's karate club with a graph convolutional network, seed \(seed)") {
    try figure(karateClubAccuracy(seed: UInt64(seed)), atLeast: 0.97)
  }
}

let capsules = (1...3).map { seed in
  Job("digits with the light capsule network and its margin loss, seed \(seed)") {
    try figure(capsulesOnDigits(epochs: 6, seed: UInt64(seed)), atLeast: 0.97)
  }
}

let turns = (1...2).map { seed in
  Job("rotated digits with p4cnn and an ordinary network of equal size, seed \(seed)") {
    try groupConvolutionsOnRotatedDigits(epochs: 4, seed: UInt64(seed), margin: 0.05)
  }
}

let clothes = [
  fashion("LeNet-5, 10 epochs", ImageTraining(epochs: 10), atLeast: 0.895),
  fashion(
    "resnet20, 10,000 images", ImageTraining(model: "resnet20", epochs: 4, side: 28, count: 10_000), atLeast: 0.84),
]

/// The mean accuracy of three seeds with and without what rounds more than direct convolution: the difference must be what
/// other seeds could bring.
func strict(_ name: String, _ training: ImageTraining) -> Job {
  Job("Fashion-MNIST with \(name), strict and not") {
    guard let folder = ProcessInfo.processInfo.environment["DATA"], !folder.isEmpty else {
      throw Unmet("needs the folder of its IDX files: make trainings DATA=folder")
    }
    let found = try [false, true].map { isStrict in
      ConvolutionAlgorithms.forbidsExtraRounding = isStrict
      return try (1...3).map {
        try training.accuracy(on: MNISTFamily.fashionMNIST, in: URL(filePath: folder), seed: $0)
      }
    }
    ConvolutionAlgorithms.forbidsExtraRounding = false
    return try equalWithinNoise(found[0], found[1])
  }
}

let rounding = [
  strict("LeNet-5, 3 epochs", ImageTraining(epochs: 3)),
  strict("resnet20, 6,000 images", ImageTraining(model: "resnet20", epochs: 3, side: 28, count: 6000)),
]

let jobs: [[Job]] = [
  digits, families, networksInNetworks, overfitting, segmentation, club, capsules, turns, clothes, rounding,
]
run(jobs.flatMap { $0 })
