enum Placeholder {}
import Crypto
