import Foundation

extension MNISTFamily {
  /// MNIST: 70,000 handwritten digits of 28×28 pixels, 10,000 of them for test.
  public static let mnist = MNISTFamily(
    information: DatasetInformation(
      name: "mnist", title: "MNIST", classNames: (0...9).map(String.init), license: "CC BY-SA 3.0",
      citation: """
        Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998). Gradient-based learning applied to document recognition. \
        Proceedings of the IEEE 86(11), 2278-2324.
        """,
      homepage: "http://yann.lecun.com/exdb/mnist/"),
    files: files(
      at: ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
      [
        ("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        ("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        ("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        ("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
      ]))

  /// Fashion-MNIST: 70,000 pictures of clothing in MNIST's form, harder than it.
  public static let fashionMNIST = MNISTFamily(
    information: DatasetInformation(
      name: "fashion-mnist", title: "Fashion-MNIST",
      classNames: [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
      ],
      license: "MIT",
      citation: """
        H. Xiao, K. Rasul and R. Vollgraf (2017). Fashion-MNIST: a novel image dataset for benchmarking machine \
        learning algorithms. arXiv:1708.07747.
        """,
      homepage: "https://github.com/zalandoresearch/fashion-mnist"),
    files: files(
      at: [
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      ],
      [
        ("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        ("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        ("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        ("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
      ]))

  /// KMNIST: 70,000 cursive Japanese characters (Kuzushiji) in MNIST's form, ten of the syllabary.
  public static let kmnist = MNISTFamily(
    information: DatasetInformation(
      name: "kmnist", title: "Kuzushiji-MNIST",
      classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
      license: "CC BY-SA 4.0",
      citation: """
        T. Clanuwat, M. Bober-Irizar, A. Kitamoto, A. Lamb, K. Yamamoto and D. Ha (2018). Deep learning for classical \
        Japanese literature. arXiv:1812.01718. Data: KMNIST dataset (created by CODH), adapted from Kuzushiji dataset \
        (created by NIJL and others), doi:10.20676/00000341.
        """,
      homepage: "http://codh.rois.ac.jp/kmnist/"),
    files: files(
      at: ["http://codh.rois.ac.jp/kmnist/dataset/kmnist/"],
      [
        ("train-images-idx3-ubyte.gz", 18_165_135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
        ("train-labels-idx1-ubyte.gz", 29_497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
        ("t10k-images-idx3-ubyte.gz", 3_041_136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
        ("t10k-labels-idx1-ubyte.gz", 5_120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
      ]))

  private static func files(
    at mirrors: [String], _ facts: [(name: String, byteCount: Int, sha256: String)]
  ) -> [RemoteFile] {
    facts.map { fact in
      RemoteFile(
        name: fact.name, mirrors: mirrors.compactMap { URL(string: $0 + fact.name) }, byteCount: fact.byteCount,
        sha256: fact.sha256)
    }
  }
}
