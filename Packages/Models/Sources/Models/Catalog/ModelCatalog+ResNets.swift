import NNLayers
import TensorCore

extension ModelCatalog {
  private static let paper = "He, Zhang, Ren and Sun 2016, Deep residual learning for image recognition"
  private static let weights = (input: "conv1.weight", output: "fc.weight")

  /// The networks for ImageNet.
  static let resNets: [ModelEntry] = {
    func entry(
      _ variant: ResNet.Variant, _ parameters: Int, _ multiplyAdds: Int, _ paper: String, plainName: String? = nil
    ) -> ModelEntry {
      ModelEntry(
        plainName ?? variant.rawValue, parameters, multiplyAdds, input: [3, 224, 224], classCount: 1000, paper,
        weights: weights
      ) {
        ResNet(
          variant, inputChannels: $0.inputChannels, classCount: $0.classCount, isPlain: plainName != nil)
      }
    }
    return [
      entry(.resnet18, 11_689_512, 1_814_073_344, paper),
      entry(.resnet34, 21_797_672, 3_663_761_408, paper),
      entry(.resnet50, 25_557_032, 4_089_184_256, paper),
      entry(.resnet101, 44_549_160, 7_801_405_440, paper),
      entry(.resnet152, 60_192_808, 11_513_626_624, paper),
      entry(
        .resnext50x32x4d, 25_028_904, 4_230_479_872,
        "Xie and others 2017, Aggregated residual transformations for deep neural networks"),
      entry(
        .wideResNet50x2, 68_883_240, 11_398_021_120, "Zagoruyko and Komodakis 2016, Wide residual networks"),
      entry(.resnet18, 11_515_688, 1_794_805_760, paper, plainName: "plain18"),
      entry(.resnet34, 21_623_848, 3_644_493_824, paper, plainName: "plain34"),
    ]
  }()

  /// The networks for 32×32 images. Option A has no parameters: plain and residual networks have equally many.
  static let smallResNets: [ModelEntry] = {
    let depths = [
      (20, 269_722, 40_551_040), (32, 464_154, 68_862_592), (44, 658_586, 97_174_144), (56, 853_018, 125_485_696),
      (110, 1_727_962, 252_887_680),
    ]
    let kinds: [(String, Shortcut)] = [("resnet", .zeroPadding), ("plain", .none)]
    let entries = kinds.flatMap { prefix, shortcut in
      depths.map { depth, parameters, multiplyAdds in
        ModelEntry(
          "\(prefix)\(depth)", parameters, multiplyAdds, input: [3, 32, 32], classCount: 10, paper, weights: weights
        ) {
          CIFARResNet(
            depth: depth, shortcut: shortcut, inputChannels: $0.inputChannels, classCount: $0.classCount)
        }
      }
    }
    return entries + [
      preActivation(110, hasBottlenecks: false, 1_730_522, 253_149_824),
      preActivation(164, hasBottlenecks: true, 1_703_258, 247_646_720),
    ]
  }()

  private static func preActivation(
    _ depth: Int, hasBottlenecks: Bool, _ parameters: Int, _ multiplyAdds: Int
  ) -> ModelEntry {
    ModelEntry(
      "preact_resnet\(depth)", parameters, multiplyAdds, input: [3, 32, 32], classCount: 10,
      "He, Zhang, Ren and Sun 2016, Identity mappings in deep residual networks", weights: weights
    ) {
      PreActivationResNet(
        depth: depth, hasBottlenecks: hasBottlenecks, inputChannels: $0.inputChannels, classCount: $0.classCount)
    }
  }
}
