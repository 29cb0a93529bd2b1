import Jobs
import Training

run([
  Job("digits with LeNet-5") {
    try figure(ImageTraining().accuracy(on: Digits(), seed: 1), atLeast: 0.97)
  },
  Job("32 digits by heart with vgg-lite") { try overfits("vgg-lite", side: 16) },
  Job("cells with U-Net, mean IoU") { try figure(cellsWithUNet(pictures: 32, epochs: 15), atLeast: 0.8) },
  Job("XOR with a multilayer perceptron") {
    let hidden = try figure(xorAccuracy(Sequential(Linear(2, 8), Tanh(), Linear(8, 2))), atLeast: 1)
    // No line parts the plane as XOR does: a single layer gets at most three of the four right.
    let single = xorAccuracy(Sequential(Linear(2, 2)))
    guard single <= 0.75 else { throw Unmet("a single layer got \(single) of XOR right") }
    return "\(hidden); a single layer \(Int(single * 100)) %"
  },
  Job("Zachary's karate club with a graph convolutional network") {
    try figure(karateClubAccuracy(seed: 1), atLeast: 0.97)
  },
  Job("an interrupted and resumed run") { try resumedRunIsEqual() },
])
