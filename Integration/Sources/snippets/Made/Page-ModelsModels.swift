// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsModels1() throws {
  let network = ResNet(.resnet18)
  try network.load(StateDictionary(contentsOf: "resnet18.safetensors"))
  let features = try network.outputs(of: ["layer4"], for: images)
  let forFlowers = network.replacingHead(classCount: 17)
  print(ModelCatalog.names)
  _ = network
  _ = features
  _ = forFlowers
}
