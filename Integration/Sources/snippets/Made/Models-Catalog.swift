// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsModelCatalog1() throws {
  let network = ModelCatalog.entry(named: "resnet18")?.make()
  for entry in ModelCatalog.entries { print(entry.facts.name, entry.facts.parameters) }
  _ = network
}
