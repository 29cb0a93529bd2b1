import NNLayers
import TensorCore

extension ModelCatalog {
  /// The networks that give each pixel a class.
  static let pixelNets: [ModelEntry] = {
    let paper = "Ronneberger, Fischer and Brox 2015, U-Net: Convolutional networks for biomedical image segmentation"
    let weights = (input: "encoder.0.conv1.weight", output: "head.weight")
    func entry(_ name: String, _ form: UNet.Form, _ multiplyAdds: Int, input: Int, maps: Int) -> ModelEntry {
      ModelEntry(
        name, 31_030_658, multiplyAdds, input: [1, input, input], classCount: 2, maps: PlaneSize(maps), paper,
        weights: weights
      ) {
        UNet(form, inputChannels: $0.inputChannels, classCount: $0.classCount, dropout: $0.dropout ?? 0.5)
      }
    }
    let patches =
      "Ciresan, Giusti, Gambardella and Schmidhuber 2012, Deep neural networks segment neuronal membranes in electron "
      + "microscopy images"
    func classifier(
      _ name: String, _ form: PixelClassifier.Form, _ parameters: Int, _ multiplyAdds: Int, input: Int, _ paper: String
    ) -> ModelEntry {
      ModelEntry(
        name, parameters, multiplyAdds, input: [1, input, input], classCount: 2, paper,
        weights: (input: "conv1.weight", output: "fc2.weight")
      ) {
        PixelClassifier(form, inputChannels: $0.inputChannels, classCount: $0.classCount)
      }
    }
    return [
      classifier("ciresan-2012", .paper, 219_290, 121_464_592, input: 95, patches),
      classifier("ciresan-lite", .light, 13_794, 239_744, input: 21, "after " + patches),
      entry("unet", .same, 48_096_083_968, input: 256, maps: 256),
      entry("unet-2015", .valid, 150_428_424_448, input: 572, maps: 388),
    ]
  }()
}
