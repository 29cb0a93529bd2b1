// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersAdaptivePool2d1() throws {
  let head = Sequential(AdaptiveAveragePool2d(6), Flatten(), Linear(256 * 36, 10))
  _ = head
}

func snippetNNLayersAdaptivePool2d2() throws {
  let brightest = AdaptiveMaxPool2d(1)
  _ = brightest
}

func snippetNNLayersAveragePool2d1() throws {
  let halved = AveragePool2d(2)
  let smooth = AveragePool2d(3, stride: 1, padding: 1, countsPadding: false)
  _ = halved
  _ = smooth
}

func snippetNNLayersGlobalPool2d1() throws {
  let head = Sequential(GlobalAveragePool2d(), Linear(512, 10))
  _ = head
}

func snippetNNLayersGlobalPool2d2() throws {
  let strongest = GlobalMaxPool2d()
  _ = strongest
}

func snippetNNLayersLpPool2d1() throws {
  let energy = LpPool2d(2, power: 2)
  _ = energy
}

func snippetNNLayersMaxPool2d1() throws {
  let halved = MaxPool2d(2)  // windows side by side
  let overlapping = MaxPool2d(3, stride: 2)  // AlexNet's
  let kept = MaxPool2d(3, stride: 1, padding: .same)
  _ = halved
  _ = overlapping
  _ = kept
}

func snippetNNLayersMaxPool2d2() throws {
  let pool = MaxPool2d(2), unpool = MaxUnpool2d(2)
  let (small, indices) = pool.withIndices(maps)
  let large = unpool(small, indices: indices)
  _ = pool
  _ = (small, indices)
  _ = large
}

func snippetNNLayersPooling1d1() throws {
  let halved = MaxPool1d(2)
  _ = halved
}

func snippetNNLayersPooling1d2() throws {
  let smooth = AveragePool1d(5, stride: 1, padding: 2, countsPadding: false)
  _ = smooth
}

func snippetNNLayersPooling1d3() throws {
  let summary = AdaptiveAveragePool1d(4)
  _ = summary
}

func snippetNNLayersPooling3d1() throws {
  let halved = MaxPool3d(2)
  _ = halved
}

func snippetNNLayersPooling3d2() throws {
  let smooth = AveragePool3d(3, stride: 1, padding: 1, countsPadding: false)
  _ = smooth
}

func snippetNNLayersPooling3d3() throws {
  let head = Sequential(AdaptiveAveragePool3d(1), Flatten(), Linear(512, 10))
  _ = head
}

func snippetNNLayersSubsampling2d1() throws {
  let s2 = Sequential(Subsampling2d(6), Tanh())
  _ = s2
}
