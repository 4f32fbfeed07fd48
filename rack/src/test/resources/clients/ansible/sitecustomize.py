"""What Python 3.11 has under another name than the Python that Debian 11's openstacksdk was made for."""

import collections
import collections.abc
import inspect

ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")

collections.MutableMapping = collections.abc.MutableMapping
inspect.getargspec = lambda function: ArgSpec(*inspect.getfullargspec(function)[:4])
