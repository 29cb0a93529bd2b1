import Foundation
import Training

// variant BATCH train|infer THREADS SECONDS
//
// LeNet-5 with 5@3×3 in place of 6@5×5, ReLU and average pooling: a network that nothing in the library names, measured as
// `needletail benchmark` measures those of the catalogue. One line of JSON; see Integration/Benchmarks.

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 4, let batch = Int(words[0]), let threads = Int(words[2]), let seconds = Double(words[3]),
  ["train", "infer"].contains(words[1]), batch > 0, threads > 0
else {
  FileHandle.standardError.write(Data("usage: variant BATCH train|infer THREADS SECONDS\n".utf8))
  exit(64)
}
ThreadPool.threadCount = threads

let network = seeded(1) {
  Sequential(
    Conv2d(1, 5, kernelSize: 3), ReLU(), AveragePool2d(2), Conv2d(5, 16, kernelSize: 5), ReLU(), AveragePool2d(2),
    Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10))
}
var random = RandomStream(seed: 1)
let images = Tensor<Float>.normal([batch, 1, 32, 32], using: &random)
let labels = Tensor((0..<batch).map { _ in Int64(random.integer(below: 10)) }, shape: [batch])
let optimizer = SGD(network.parameters, learningRate: 1e-3, momentum: 0.9)
let ready = network.prepared()

@MainActor func step() throws {
  if words[1] == "train" {
    optimizer.step(crossEntropy(network(images, .training(seed: 1)), labels))
  } else {
    _ = try ready.predict(images)
  }
}

for _ in 0..<2 { try step() }
let clock = ContinuousClock(), start = clock.now
var times: [Double] = []
while times.count < 3 || clock.now - start < .seconds(seconds) {
  times.append(try clock.measure { try step() } / .seconds(1))
}
let median = times.sorted()[times.count / 2]
print("{\"imagesPerSecond\":\(Double(batch) / median),\"medianStepSeconds\":\(median),\"steps\":\(times.count)}")
