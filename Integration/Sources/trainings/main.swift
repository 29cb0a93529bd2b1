import Foundation
import Jobs
import Training

// Trainings with accuracy bars. Fashion-MNIST's files are in the folder that the environment variable DATA names.

let digits = (1...5).map { seed in
  Job("digits with LeNet-5, seed \(seed)") {
    try figure(trainedAccuracy(on: Digits(), seed: UInt64(seed)), atLeast: 0.975)
  }
}
let fashion = Job("Fashion-MNIST with LeNet-5, 10 epochs") {
  guard let folder = ProcessInfo.processInfo.environment["DATA"], !folder.isEmpty else {
    throw Unmet("needs the folder of its IDX files: make trainings DATA=folder")
  }
  return try figure(
    trainedAccuracy(on: MNISTFamily.fashionMNIST, in: URL(filePath: folder), epochs: 10, seed: 1), atLeast: 0.895)
}
let club = (1...5).map { seed in
  Job("Zachary's karate club with a graph convolutional network, seed \(seed)") {
    try figure(karateClubAccuracy(seed: UInt64(seed)), atLeast: 0.97)
  }
}
run(digits + [fashion] + club)
