// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetCapsuleDecoder1() throws {
  let decoder = CapsuleDecoder(classCount: 10)
  let drawn = decoder(Tensor<Float>.zeros([1, 10, 16]), context)  // [1, 1, 28, 28]
  _ = decoder
  _ = drawn
}

func snippetCapsuleNetwork1() throws {
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

func snippetCapsuleNetwork2() throws {
  let network = CapsuleNetworkLite()
  _ = network
}

func snippetClassCapsules1() throws {
  let digits = ClassCapsules(1152, 10, inputDimension: 8, dimension: 16)  // [N, 1152, 8] to [N, 10, 16]
  _ = digits
}

func snippetPrimaryCapsules1() throws {
  // [N, 256, 20, 20] to [N, 1152, 8]
  let primary = PrimaryCapsules(256, types: 32, dimension: 8, kernelSize: 9, stride: 2)
  _ = primary
}

func snippetPrimaryCapsules2() throws {
  let scores = CapsuleLengths()(sequences, context)
  _ = scores
}
