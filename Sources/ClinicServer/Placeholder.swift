enum Placeholder {}
import Hummingbird
import CryptoExtras
