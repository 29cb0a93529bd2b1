// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsImageFolder1() throws {
  let flowers = try ImageFolder("flowers", imageSize: ImageSize(height: 64, width: 64))
  let splits = try flowers.load()
  _ = flowers
  _ = splits
}

func snippetDatasetsKarateClub1() throws {
  let graph = KarateClub.adjacency
  let labels = KarateClub.factions
  _ = graph
  _ = labels
}
