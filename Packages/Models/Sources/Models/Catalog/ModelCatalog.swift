import NNLayers
import TensorCore

/// All networks by name, with their facts.
///
/// ```swift
/// let network = ModelCatalog.entry(named: "resnet18")?.make()
/// for entry in ModelCatalog.entries { print(entry.facts.name, entry.facts.parameters) }
/// ```
public enum ModelCatalog {
  /// The networks, by family.
  public static let entries =
    leNets + alexNets + vggs + googLeNets + resNets + smallResNets + pixelNets + beyondGrids

  /// The names of the networks, in the order of ``entries``.
  public static var names: [String] { entries.map(\.facts.name) }

  /// The network of that name; nil if there is none.
  public static func entry(named name: String) -> ModelEntry? { entries.first { $0.facts.name == name } }
}

extension ModelCatalog {
  private static let leNets: [ModelEntry] = {
    let paper = "LeCun and others 1998, Gradient-based learning applied to document recognition"
    return [
      ModelEntry(
        "lenet5", 61_706, 416_520, input: [1, 32, 32], classCount: 10, paper,
        weights: ("features.0.weight", "classifier.4.weight")
      ) { LeNet5(inputChannels: $0.inputChannels, classCount: $0.classCount) },
      ModelEntry(
        "lenet5-1998", 60_000, 415_680, input: [1, 32, 32], classCount: 10, paper,
        weights: ("c1.weight", "output.centers")
      ) { _ in LeNet1998() },
      ModelEntry(
        "lenet28", 1_256_080, 6_522_000, input: [1, 28, 28], classCount: 10, paper,
        weights: ("features.0.weight", "classifier.2.weight")
      ) { LeNet28(inputChannels: $0.inputChannels, classCount: $0.classCount) },
      ModelEntry(
        "nin", 966_986, 222_486_528, input: [3, 32, 32], classCount: 10,
        "Lin, Chen and Yan 2014, Network in network", weights: ("conv1.weight", "cccp6.weight")
      ) {
        NetworkInNetwork(
          inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5)
      },
      ModelEntry(
        "nin-lite", 110_874, 27_500_544, input: [3, 32, 32], classCount: 10,
        "after Lin, Chen and Yan 2014, Network in network", weights: ("conv1.weight", "cccp6.weight")
      ) {
        NetworkInNetworkLite(
          inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.2)
      },
      ModelEntry(
        "allcnn", 1_369_738, 270_798_336, input: [3, 32, 32], classCount: 10,
        "Springenberg, Dosovitskiy, Brox and Riedmiller 2014, Striving for simplicity: the all convolutional net",
        weights: ("conv1.weight", "conv9.weight")
      ) {
        AllConvolutionalNet(
          inputChannels: $0.inputChannels, classCount: $0.classCount, inputDropout: $0.dropout ?? 0.2,
          dropout: $0.dropout ?? 0.5)
      },
    ]
  }()

  private static let alexNets: [ModelEntry] = {
    let paper2012 = "Krizhevsky, Sutskever and Hinton 2012, ImageNet classification with deep convolutional networks"
    let columns = (input: "features.0.weight", output: "classifier.6.weight")
    let named = (input: "conv1.weight", output: "fc8.weight")
    return [
      ModelEntry(
        "alexnet", 61_100_840, 714_188_480, input: [3, 224, 224], classCount: 1000,
        "Krizhevsky 2014, One weird trick for parallelizing convolutional neural networks", weights: columns
      ) { AlexNet(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5) },
      ModelEntry(
        "alexnet-2012", 60_965_224, 724_406_816, input: [3, 224, 224], classCount: 1000, paper2012, weights: named
      ) { AlexNet2012(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5) },
      ModelEntry(
        "alexnet-lite", 429_386, 23_642_368, input: [3, 32, 32], classCount: 10, "after " + paper2012, weights: columns
      ) { AlexNetLite(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5) },
      ModelEntry(
        "zfnet", 62_357_608, 1_168_032_896, input: [3, 224, 224], classCount: 1000,
        "Zeiler and Fergus 2014, Visualizing and understanding convolutional networks", weights: named
      ) { ZFNet(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5) },
    ]
  }()

  private static let vggs: [ModelEntry] = {
    let paper = "Simonyan and Zisserman 2015, Very deep convolutional networks for large-scale image recognition"
    func entry(_ variant: VGG.Variant, _ hasBatchNorm: Bool, _ parameters: Int, _ multiplyAdds: Int) -> ModelEntry {
      ModelEntry(
        variant.rawValue + (hasBatchNorm ? "_bn" : ""), parameters, multiplyAdds, input: [3, 224, 224],
        classCount: 1000, paper, weights: ("features.0.weight", "classifier.6.weight")
      ) {
        VGG(
          variant, hasBatchNorm: hasBatchNorm, inputChannels: $0.inputChannels, classCount: $0.classCount,
          dropout: $0.dropout ?? 0.5)
      }
    }
    return [
      entry(.vgg11, false, 132_863_336, 7_609_090_048), entry(.vgg11, true, 132_868_840, 7_609_090_048),
      entry(.vgg13, false, 133_047_848, 11_308_466_176), entry(.vgg13, true, 133_053_736, 11_308_466_176),
      entry(.vgg16, false, 138_357_544, 15_470_264_320), entry(.vgg16, true, 138_365_992, 15_470_264_320),
      entry(.vgg19, false, 143_667_240, 19_632_062_464), entry(.vgg19, true, 143_678_248, 19_632_062_464),
      ModelEntry(
        "vgg-lite", 815_018, 39_160_320, input: [3, 32, 32], classCount: 10, "after " + paper,
        weights: ("features.0.weight", "classifier.3.weight")
      ) { VGGLite(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5) },
    ]
  }()

  private static let googLeNets: [ModelEntry] = {
    let paper = "Szegedy and others 2015, Going deeper with convolutions"
    let weights = (input: "conv1.conv.weight", output: "fc.weight")
    func entry(_ name: String, _ form: GoogLeNet.Form, _ parameters: Int, _ multiplyAdds: Int) -> ModelEntry {
      ModelEntry(
        name, parameters, multiplyAdds, input: [3, 224, 224], classCount: 1000, paper, weights: weights
      ) {
        GoogLeNet(
          form, inputChannels: $0.inputChannels, classCount: $0.classCount, hasAuxiliaryHeads: $0.hasAuxiliaryHeads,
          dropout: $0.dropout, auxiliaryDropout: $0.dropout ?? 0.7)
      }
    }
    return [
      entry("googlenet", .batchNorm, 6_624_904, 1_498_376_192),
      entry("googlenet-2014", .paper, 6_998_552, 1_582_671_872),
      ModelEntry(
        "googlenet-lite", 219_210, 50_883_072, input: [3, 32, 32], classCount: 10, "after " + paper, weights: weights
      ) { GoogLeNetLite(inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.2) },
    ]
  }()
}
