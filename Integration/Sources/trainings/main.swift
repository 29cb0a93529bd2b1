import Foundation
import Jobs
import Training

// Trainings with accuracy bars. Fashion-MNIST's files are in the folder that the environment variable DATA names.

let digits = (1...5).map { seed in
  Job("digits with LeNet-5, seed \(seed)") {
    let accuracy = try trainedAccuracy(
      on: Digits(), epochs: 30, batchSize: 32, learningRate: 0.15, weightDecay: 0.003, seed: UInt64(seed))
    return try figure(accuracy, atLeast: 0.975)
  }
}
let fashion = Job("Fashion-MNIST with LeNet-5, 10 epochs") {
  guard let folder = ProcessInfo.processInfo.environment["DATA"], !folder.isEmpty else {
    throw Unmet("needs the folder of its IDX files: make trainings DATA=folder")
  }
  return try figure(
    trainedAccuracy(
      on: MNISTFamily.fashionMNIST, in: URL(filePath: folder), epochs: 10, learningRate: 0.02, seed: 1), atLeast: 0.895)
}
run(digits + [fashion])
