// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsNetwork1() throws {
  let network = ResNet(.resnet50)
  let features = try network.outputs(of: ["layer4"], for: images)
  let flowers = network.replacingHead(classCount: 102)
  flowers.freeze { !$0.hasPrefix(flowers.headName) }  // train the new layer alone
  _ = network
  _ = features
  _ = flowers
}
