// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsCells1() throws {
  let cells = Cells(count: 64, seed: 1)
  let (images, masks) = cells.batch([0, 1, 2, 3])  // [4, 1, 64, 64] and [4, 64, 64]
  _ = cells
  _ = (images, masks)
}

func snippetDatasetsPoints1() throws {
  let moons = Points.moons(count: 200, noise: 0.1, seed: 1)  // features [200, 2], labels [200]
  _ = moons
}
