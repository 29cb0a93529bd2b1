// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetFreezing1() throws {
  network.freeze { $0.hasPrefix("features.") }  // train the classifier alone
  network.unfreeze()
}

func snippetNamedLayers1() throws {
  network.layer(named: "features.0")?.freeze()
}
