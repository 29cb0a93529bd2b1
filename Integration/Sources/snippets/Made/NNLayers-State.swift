// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersFreezing1() throws {
  network.freeze { $0.hasPrefix("features.") }  // train the classifier alone
  network.unfreeze()
}

func snippetNNLayersNamedLayers1() throws {
  network.layer(named: "features.0")?.freeze()
}

func snippetNNLayersPartialLoading1() throws {
  let trained = try StateDictionary(contentsOf: "trained.safetensors")
  try network.load(trained, except: ["classifier.4"])
  _ = trained
}
