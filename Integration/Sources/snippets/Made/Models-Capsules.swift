// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsCapsuleDecoder1() throws {
  let decoder = CapsuleDecoder(classCount: 10)
  let drawn = decoder(Tensor<Float>.zeros([1, 10, 16]), context)  // [1, 1, 28, 28]
  _ = decoder
  _ = drawn
}

func snippetModelsCapsuleNetwork1() throws {
  let network = CapsuleNetwork()
  let decoder = CapsuleDecoder(classCount: 10)
  let digits = Tensor<Float>.zeros([4, 1, 28, 28])
  let capsules = network.capsules(Variable(digits), context)
  let loss = capsuleMarginLoss(capsules.lengths(), labels) + decoder.loss(capsules, labels, digits, context)
  _ = network
  _ = decoder
  _ = digits
  _ = capsules
  _ = loss
}

func snippetModelsCapsuleNetwork2() throws {
  let network = CapsuleNetworkLite()
  _ = network
}
