#!/usr/bin/python3
# What Electrum's modules say, as JSON, for electrum.test.mjs:
#	oracle.py keys NETWORK	one public key for each kind of wallet
#	oracle.py multi NETWORK	wallets of several signers, with addresses
#	oracle.py uri LINK	what a payment link says
import json
import sys

from electrum import bitcoin, constants
from electrum.bip32 import BIP32Node
from electrum.transaction import multisig_script
from electrum.util import parse_URI

KINDS = {'pkh': 'standard', 'sh(wpkh)': 'p2wpkh-p2sh', 'wpkh': 'p2wpkh'}


def account(number, xtype='standard'):
    """A key that depends on NUMBER alone, with its parents hidden."""
    node = BIP32Node.from_rootseed(bytes([number]) * 32, xtype=xtype)
    return node.subkey_at_private_derivation("m/84'/0'/0'")


def multi(network):
    cases = []
    for needed, of in ((1, 1), (2, 3), (3, 5), (11, 15)):
        nodes = [account(number + 1) for number in range(of)]
        keys = ','.join(node.to_xpub() + '/0/*' for node in nodes)
        receive = []
        for index in range(20):
            pubkeys = sorted(
                node.subkey_at_public_derivation([0, index])
                .eckey.get_public_key_hex() for node in nodes)
            receive.append(bitcoin.redeem_script_to_address(
                'p2wsh', multisig_script(pubkeys, needed)))
        cases.append({
            'descriptor': f'wsh(sortedmulti({needed},{keys}))',
            'receive': receive,
        })
    return cases


def main():
    what, argument = sys.argv[1:]
    if argument == 'testnet':
        constants.set_testnet()
    elif argument == 'regtest':
        constants.set_regtest()
    if what == 'keys':
        answer = {kind: account(9, xtype).to_xpub()
                  for kind, xtype in KINDS.items()}
    elif what == 'multi':
        answer = multi(argument)
    else:
        answer = parse_URI(argument)
    json.dump(answer, sys.stdout)


main()
