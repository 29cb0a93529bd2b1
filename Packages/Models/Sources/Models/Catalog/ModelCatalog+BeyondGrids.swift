import NNLayers
import TensorCore

extension ModelCatalog {
  /// Networks whose convolutions know more symmetries than shifts, or whose features are vectors.
  static let beyondGrids: [ModelEntry] = {
    let turning = "Cohen and Welling 2016, Group equivariant convolutional networks"
    let capsules = "Sabour, Frosst and Hinton 2017, Dynamic routing between capsules"
    let rotated = (input: "conv1.weight", output: "conv7.weight")
    let routed = (input: "conv1.weight", output: "digits.weight")
    return [
      ModelEntry(
        "p4cnn", 24_620, 11_673_760, input: [1, 28, 28], classCount: 10, turning, weights: rotated
      ) { P4CNN(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.3) },
      ModelEntry(
        "z2cnn", 21_630, 2_976_080, input: [1, 28, 28], classCount: 10, turning, weights: rotated
      ) { Z2CNN(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.3) },
      ModelEntry(
        "capsnet", 6_804_224, 201_609_216, input: [1, 28, 28], classCount: 10, capsules, weights: routed
      ) { CapsuleNetwork(inputChannels: $0.inputChannels, classCount: $0.classCount) },
      ModelEntry(
        "capsnet-lite", 308_096, 1_820_800, input: [1, 32, 32], classCount: 10, "after " + capsules, weights: routed
      ) { CapsuleNetworkLite(inputChannels: $0.inputChannels, classCount: $0.classCount) },
    ]
  }()
}
